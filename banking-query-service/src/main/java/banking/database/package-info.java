/** The database as something that fails and comes back. */
@NullMarked
package banking.database;

import org.jspecify.annotations.NullMarked;
