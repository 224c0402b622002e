/** The views of tasks: how events make them, and how they are read. */
@NullMarked
package banking.task;

import org.jspecify.annotations.NullMarked;
