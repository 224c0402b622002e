/** What has to fit before the first query: the tables, and how amounts are counted. */
@NullMarked
package banking.database;

import org.jspecify.annotations.NullMarked;
