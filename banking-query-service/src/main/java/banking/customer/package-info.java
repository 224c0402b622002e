/** The views of customers: how events make them, and how they are read. */
@NullMarked
package banking.customer;

import org.jspecify.annotations.NullMarked;
