/** The one way a command becomes events: batches of commands, one transaction each. */
@NullMarked
package banking.pipeline;

import org.jspecify.annotations.NullMarked;
