/**
 * The one written form of the events: JSON payloads, CloudEvents headers, and old versions of both.
 */
@NullMarked
package banking.events.codec;

import org.jspecify.annotations.NullMarked;
