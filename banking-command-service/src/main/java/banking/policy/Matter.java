package banking.policy;

import banking.events.StreamId;
import java.util.UUID;

/**
 * What some events of a stream are about, and have to be reacted to in their order for.
 *
 * @param id as {@link Policy#matter} tells it; the stream's own where all of its events are one
 *     matter
 */
record Matter(StreamId stream, UUID id) {}
