/** How transactions write tables: statements that travel together, rows by the column. */
@NullMarked
package banking.tables;

import org.jspecify.annotations.NullMarked;
