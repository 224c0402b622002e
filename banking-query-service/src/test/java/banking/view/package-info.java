@NullMarked
package banking.view;

import org.jspecify.annotations.NullMarked;
