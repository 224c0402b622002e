/** Tests of the views of the transfers. */
@NullMarked
package banking.transfer;

import org.jspecify.annotations.NullMarked;
