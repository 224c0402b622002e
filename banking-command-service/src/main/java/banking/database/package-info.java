/** Transactions on the database. */
@NullMarked
package banking.database;

import org.jspecify.annotations.NullMarked;
