/** Tests of the books. */
@NullMarked
package banking.ledger;

import org.jspecify.annotations.NullMarked;
