/** Tests of how requests are refused. */
@NullMarked
package banking.http;

import org.jspecify.annotations.NullMarked;
