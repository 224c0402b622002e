/** What happens on account of a request, told line by line to who looks for it. */
@NullMarked
package banking.story;

import org.jspecify.annotations.NullMarked;
