/** What was committed and waits to be published, and the relay that publishes it. */
@NullMarked
package banking.outbox;

import org.jspecify.annotations.NullMarked;
