/** The whole bank, as it runs, seen from outside. */
@NullMarked
package banking.e2e;

import org.jspecify.annotations.NullMarked;
