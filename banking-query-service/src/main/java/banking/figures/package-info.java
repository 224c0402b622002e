/** Figures that are read in the background, so that whoever asks for them waits for nothing. */
@NullMarked
package banking.figures;

import org.jspecify.annotations.NullMarked;
