/** Tests of the views of the tasks. */
@NullMarked
package banking.task;

import org.jspecify.annotations.NullMarked;
