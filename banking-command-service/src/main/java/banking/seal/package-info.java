/**
 * What proves the past where the database's role cannot reach: all that is new of each source is
 * folded into a root, which is signed, chained to the one before, and put elsewhere.
 */
@NullMarked
package banking.seal;

import org.jspecify.annotations.NullMarked;
