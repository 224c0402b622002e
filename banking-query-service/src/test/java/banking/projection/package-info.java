/** Tests of the mechanism, with the accounts as its views. */
@NullMarked
package banking.projection;

import org.jspecify.annotations.NullMarked;
