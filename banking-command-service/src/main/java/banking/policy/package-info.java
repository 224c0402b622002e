/** What one event leads to elsewhere: commands in transactions of their own. */
@NullMarked
package banking.policy;

import org.jspecify.annotations.NullMarked;
