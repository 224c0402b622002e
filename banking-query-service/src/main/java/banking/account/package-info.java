/** The views of accounts: how events make them, and how they are read. */
@NullMarked
package banking.account;

import org.jspecify.annotations.NullMarked;
