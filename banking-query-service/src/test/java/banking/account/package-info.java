/** Tests of the account views. */
@NullMarked
package banking.account;

import org.jspecify.annotations.NullMarked;
