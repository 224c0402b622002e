/** The views of transfers: made from what their sources' accounts say, and how they are read. */
@NullMarked
package banking.transfer;

import org.jspecify.annotations.NullMarked;
