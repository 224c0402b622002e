/** What the tests of the query service share. */
@NullMarked
package banking;

import org.jspecify.annotations.NullMarked;
