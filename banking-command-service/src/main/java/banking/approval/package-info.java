/**
 * What waits for a second pair of eyes: commands that somebody else approves before they are given.
 */
@NullMarked
package banking.approval;

import org.jspecify.annotations.NullMarked;
