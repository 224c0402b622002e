/** The customer: who it is and under which address it is reached. */
@NullMarked
package banking.customer;

import org.jspecify.annotations.NullMarked;
