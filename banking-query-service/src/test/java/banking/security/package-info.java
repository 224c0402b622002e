/** Tests of who may call. */
@NullMarked
package banking.security;

import org.jspecify.annotations.NullMarked;
