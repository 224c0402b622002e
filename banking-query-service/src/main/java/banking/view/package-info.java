/** Views of one row per aggregate: how events make them, and how they are found fresh. */
@NullMarked
package banking.view;

import org.jspecify.annotations.NullMarked;
