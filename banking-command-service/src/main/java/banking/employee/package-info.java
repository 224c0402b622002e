/** The employee: whom tasks are given to. */
@NullMarked
package banking.employee;

import org.jspecify.annotations.NullMarked;
