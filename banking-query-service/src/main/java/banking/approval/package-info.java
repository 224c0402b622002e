/**
 * The views of what waits for a second pair of eyes: how events make them, and how they are read.
 */
@NullMarked
package banking.approval;

import org.jspecify.annotations.NullMarked;
