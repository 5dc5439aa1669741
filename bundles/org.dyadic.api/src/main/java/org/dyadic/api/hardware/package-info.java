/**
 * Accelerators: what a backend builds, what it can execute, and what its parts cost.
 *
 * <h2>The arithmetic of a datapath</h2>
 *
 * All numbers are integers in two's complement, shifts are arithmetic, and {@code sat16} takes the
 * nearest of -32768 to 32767. Between layers a tensor is 16-bit integers with a scale: an element x
 * of scale S means x S. A scale is a power of two, except that of a mean over a number of elements
 * that is not one, whose scale has the reciprocal of that number as a factor.
 *
 * <p><b>A layer</b> has for each output channel weights w of integer levels and scale W, a bias B,
 * and one grid of activation levels of scale A; its input has the scale S, its output T. A is the
 * {@code accumulatorBits} a wide accumulator holds: L = -2^(a-1) to H = 2^(a-1) - 1.
 *
 * <ol>
 *   <li><i>Encode.</i> x becomes the level q_k of the highest k with {@code x >= ceil((q_(k-1) +
 *       q_k) A / 2S)}: the nearest level, half way the upper, whatever the rounding. A tap beyond
 *       the border is 0, or the level nearest to 0 ({@link org.dyadic.api.hardware.Padding}).
 *   <li><i>Sum.</i> s is the sum of w q over the taps, exactly. If s lies outside L to H it has
 *       overflowed, is counted, and becomes {@code (s - L) mod 2^a + L} ({@code WRAP}) or the
 *       nearer of L and H ({@code SATURATE}).
 *   <li><i>Requantize.</i> The result is {@code sat16(round((m s + c) / 2^n))}: the machine holds
 *       {@code m / 2^n} for the ratio r = W A / T, and {@code c}, the integer nearest to {@code B
 *       2^n / T}, for the bias.
 * </ol>
 *
 * <p><b>The factor</b> is held as {@code m / 2^n}, where m is the integer nearest to {@code f 2^n}
 * and f is what a {@link org.dyadic.api.hardware.Requantizer} makes of r. With e such that {@code
 * 2^e <= r < 2^(e+1)}:
 *
 * <ul>
 *   <li>{@code Multiplier(b)}: f is the multiple of {@code 2^(e-b+2)} nearest to r, which is b bits
 *       with a sign; p = b - 1;
 *   <li>{@code Shifts(t)}: f is a sum of at most t signed powers of two, each in turn the one
 *       nearest to what is left of r (of 1.5 x 2^i, the larger); p = 32;
 *   <li>{@code Thresholds}: f is r; p = 62. Such a machine does not multiply: {@code round((m s +
 *       c) / 2^n)} never falls as s grows, so that "the level is at least q_k" is "s is at least
 *       t_k" for one integer t_k a channel and level, and comparing s with them finds the level.
 * </ul>
 *
 * <p>n is {@code max(1, min(N, p - e_f, 61 - u - e_f))}, where {@code f < 2^(e_f)}, u is the bits
 * of the largest sum of a channel, and N is 40, or 44 with thresholds: {@code m s + c} stays within
 * 64 bits.
 *
 * <p><b>{@code round}</b> of a number v, by {@link org.dyadic.api.hardware.Rounding}: {@code
 * HALF_UP} floor(v + 1/2); {@code FLOOR} floor(v); {@code HALF_EVEN} and {@code HALF_AWAY} the
 * nearest integer, and of two the even one or the one farther from zero.
 *
 * <p><b>Everything else</b> computes on the 16-bit integers with the same factors, the same {@code
 * round} and {@code sat16}, for a ratio of scales r:
 *
 * <ul>
 *   <li>a sum of tensors: {@code sat16(round((m_1 x_1 + m_2 x_2 + ...) / 2^n))} with one n of at
 *       most 30 for all, rounded once; where scales are powers of two each m_i is a shift, held
 *       exactly by every machine;
 *   <li>a product: {@code sat16(round(m x y / 2^n))} with r = S_1 S_2 / T;
 *   <li>a mean of c elements: {@code sat16(round(m (x_1 + ... + x_c) / 2^n))} with r = S / c T; the
 *       scale T is S / c times a power of two, so that m is a power of two, but at the border of a
 *       pooling window, where fewer elements are averaged;
 *   <li>inputs joined: {@code sat16(round(m x / 2^n))} for an input whose scale is not that of the
 *       result, and x itself for the others;
 *   <li>a normalization that no layer could take in: as a layer of one tap;
 *   <li>the largest of a window, limits such as ReLU, and what moves elements: exact;
 *   <li>any other function of one number: a table of 65536 entries, nearest, half way up.
 * </ul>
 */
@Export
@Version("0.1.0")
package org.dyadic.api.hardware;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
