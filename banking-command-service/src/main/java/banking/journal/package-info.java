/** The events and the state of every stream, as rows. */
@NullMarked
package banking.journal;

import org.jspecify.annotations.NullMarked;
