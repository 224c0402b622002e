/** How commands come in over HTTP, and how their outcomes and all failures go out. */
@NullMarked
package banking.http;

import org.jspecify.annotations.NullMarked;
