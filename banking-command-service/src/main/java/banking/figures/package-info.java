/** What the metrics of all parts have in common. */
@NullMarked
package banking.figures;

import org.jspecify.annotations.NullMarked;
