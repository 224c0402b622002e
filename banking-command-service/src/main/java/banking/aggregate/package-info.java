/** What an aggregate is, to those that write one: all that a feature's domain knows of the bank. */
@NullMarked
package banking.aggregate;

import org.jspecify.annotations.NullMarked;
