/** The task: what an employee has to do, and the policies that make tasks and tell of them. */
@NullMarked
package banking.task;

import org.jspecify.annotations.NullMarked;
