/** Tests of how the service begins with its database. */
@NullMarked
package banking.database;

import org.jspecify.annotations.NullMarked;
