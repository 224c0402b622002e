/** The bank's books in double entry: every line of a statement is a booking with two legs. */
@NullMarked
package banking.ledger;

import org.jspecify.annotations.NullMarked;
