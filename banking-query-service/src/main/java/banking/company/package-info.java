/** The views of companies: how events make them, and how they are read. */
@NullMarked
package banking.company;

import org.jspecify.annotations.NullMarked;
