/** What operators and auditors see of the journal and the outbox. */
@NullMarked
package banking.inspection;

import org.jspecify.annotations.NullMarked;
