/** What cannot be applied is put aside here, and what waits behind it, until it can. */
@NullMarked
package banking.parking;

import org.jspecify.annotations.NullMarked;
