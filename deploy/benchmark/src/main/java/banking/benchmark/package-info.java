/** Measures a whole bank on one machine, beside PostgreSQL alone on the same machine. */
@NullMarked
package banking.benchmark;

import org.jspecify.annotations.NullMarked;
