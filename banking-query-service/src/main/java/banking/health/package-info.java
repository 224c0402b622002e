/** Who stands still, and what is amiss: told in the health detail, in metrics and in the log. */
@NullMarked
package banking.health;

import org.jspecify.annotations.NullMarked;
