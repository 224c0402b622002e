/** Tests of the views of the approvals. */
@NullMarked
package banking.approval;

import org.jspecify.annotations.NullMarked;
