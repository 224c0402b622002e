/** Who stands still, and why: told in the health detail, in a metric and in the log. */
@NullMarked
package banking.health;

import org.jspecify.annotations.NullMarked;
