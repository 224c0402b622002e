/** How a refused request is answered: RFC 9457, with a stable code. */
@NullMarked
package banking.http;

import org.jspecify.annotations.NullMarked;
