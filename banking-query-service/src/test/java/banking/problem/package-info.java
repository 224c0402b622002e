/** Tests of how requests are refused. */
@NullMarked
package banking.problem;

import org.jspecify.annotations.NullMarked;
