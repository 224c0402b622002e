/** The account: its decisions, its HTTP face. */
@NullMarked
package banking.account;

import org.jspecify.annotations.NullMarked;
