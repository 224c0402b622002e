/** All that must not be written; the tests of the architecture read it and nothing else does. */
@NullMarked
package banking.loan;

import org.jspecify.annotations.NullMarked;
