/**
 * What supervisors decide on, and how it is carried out, whatever kind of aggregate it is about.
 */
@NullMarked
package banking.supervision;

import org.jspecify.annotations.NullMarked;
