/** A mechanism that was made for one feature. */
@NullMarked
package banking.projection.loan;

import org.jspecify.annotations.NullMarked;
