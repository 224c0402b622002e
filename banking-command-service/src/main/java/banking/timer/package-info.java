/** Commands that nobody gives but the time. */
@NullMarked
package banking.timer;

import org.jspecify.annotations.NullMarked;
