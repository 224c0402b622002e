/** Money from one account to another: two aggregates, and what happens between them. */
@NullMarked
package banking.transfer;

import org.jspecify.annotations.NullMarked;
