/** What operators and auditors see of the projections, and what operators do about it. */
@NullMarked
package banking.inspection;

import org.jspecify.annotations.NullMarked;
