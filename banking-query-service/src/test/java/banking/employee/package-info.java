/** Tests of the views of the employees. */
@NullMarked
package banking.employee;

import org.jspecify.annotations.NullMarked;
