/** How lists are read: in pages, from the place after a cursor. */
@NullMarked
package banking.paging;

import org.jspecify.annotations.NullMarked;
