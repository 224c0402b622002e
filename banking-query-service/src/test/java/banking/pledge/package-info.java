/** What loans are given for. */
@NullMarked
package banking.pledge;

import org.jspecify.annotations.NullMarked;
