/** Puts on record who has asked for what, as what, from where, and how it ended. */
@NullMarked
package banking.audit;

import org.jspecify.annotations.NullMarked;
