/** The views of employees: how events make them, and how they are read. */
@NullMarked
package banking.employee;

import org.jspecify.annotations.NullMarked;
