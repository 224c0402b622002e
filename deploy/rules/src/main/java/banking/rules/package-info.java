/** What the build holds every module to, for their tests. */
@NullMarked
package banking.rules;

import org.jspecify.annotations.NullMarked;
