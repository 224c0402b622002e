/**
 * What the two services share: the events, their envelope, the topics they travel on and (in {@code
 * codec}) their one written form. Nothing in this package knows a framework.
 */
@NullMarked
package banking.events;

import org.jspecify.annotations.NullMarked;
