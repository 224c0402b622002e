/**
 * A real PostgreSQL and a real Kafka broker for tests and for the local bank, in processes of their
 * own that never outlive the one that started them.
 */
@NullMarked
package banking.embedded;

import org.jspecify.annotations.NullMarked;
