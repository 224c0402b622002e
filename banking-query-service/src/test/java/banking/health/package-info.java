@NullMarked
package banking.health;

import org.jspecify.annotations.NullMarked;
