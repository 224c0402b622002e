/** Tests of the views of the customers. */
@NullMarked
package banking.customer;

import org.jspecify.annotations.NullMarked;
