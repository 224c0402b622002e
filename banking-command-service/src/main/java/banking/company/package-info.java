/** The company: known by its e-mail domain, which it shares with its customers. */
@NullMarked
package banking.company;

import org.jspecify.annotations.NullMarked;
