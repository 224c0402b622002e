/**
 * Starts the whole bank on one machine: the servers that the services need, and the services, each
 * as a process of its own. Tests and the benchmark use {@link banking.launcher.LocalBank}.
 */
@NullMarked
package banking.launcher;

import org.jspecify.annotations.NullMarked;
