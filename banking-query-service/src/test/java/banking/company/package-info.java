/** Tests of the views of the companies. */
@NullMarked
package banking.company;

import org.jspecify.annotations.NullMarked;
