@NullMarked
package banking.audit;

import org.jspecify.annotations.NullMarked;
