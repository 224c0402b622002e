/**
 * How events become views: read in batches, applied exactly once and in order, with what cannot be
 * applied put aside. What a view looks like is a {@link banking.projection.Projection}'s matter.
 */
@NullMarked
package banking.projection;

import org.jspecify.annotations.NullMarked;
