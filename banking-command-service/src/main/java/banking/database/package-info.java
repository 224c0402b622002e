/** Transactions on the database, which fails and comes back. */
@NullMarked
package banking.database;

import org.jspecify.annotations.NullMarked;
