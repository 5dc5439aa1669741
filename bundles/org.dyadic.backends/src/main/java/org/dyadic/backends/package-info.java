/**
 * The accelerators that come with Dyadic. Each is one class over the API alone; {@link
 * org.dyadic.backends.SystolicArray} is the one to copy for a new accelerator.
 *
 * <p>What an element does with a weight, and which weights it takes for that in one cycle:
 *
 * <ul>
 *   <li>{@code systolic} multiplies by an integer of 4, 8 or 16 bits; any levels that fit, through
 *       decoders if they are not plain integers;
 *   <li>{@code decode} the same at any widths, always with decoders;
 *   <li>{@code upot-array} adds up to four shifts: sums of so many powers of two, wherever they
 *       are, in windows, or looked up by code;
 *   <li>{@code apot-array} adds powers chosen from fixed subsets: the published levels of APoT;
 *   <li>{@code pot-array} shifts once: powers of two;
 *   <li>{@code codebook-array} chooses a product that the row's edge made: any few magnitudes;
 *   <li>{@code bit-fusion} multiplies several narrow plain integers at once, or one wide one;
 *   <li>{@code unpu} looks up sums of activations by bits of several plain integers, a bit a cycle;
 *   <li>{@code eyeriss} multiplies plain integers of up to 16 bits, row-stationary.
 * </ul>
 *
 * The arrays for special weights execute others too, in several cycles or passes; what is out of
 * reach they refuse, with the setting that would help.
 */
package org.dyadic.backends;
