package org.dyadic.kernels;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Loops over tensors of two images at once: the low half of each int is a signed 16-bit integer of
 * the one image, the high half that of the other. One vector instruction on 16-bit lanes so works
 * on twice as many results as one on ints, and a weight is loaded once for both images.
 *
 * <p>Elements lie pixel by pixel, the channels of a pixel side by side. Where a parameter is called
 * {@code channels} it is a multiple of {@link #ROUND}; whoever has fewer pads with zeros.
 * Thread-safe.
 */
@ProviderType
public interface PairKernels {

    /** Channels are counted in multiples of this. */
    int ROUND = 16;

    /**
     * Channels side by side in a panel of weights. The weights of a matrix are laid out panel by
     * panel, in each tap by tap, in each channel by channel; what does not fill a panel makes a
     * last one, of {@link #ROUND} channels if that is enough.
     */
    int PANEL = 32;

    /**
     * Sums of products in 16 bits: {@code sums[p][c] = sum over k of codes[pixels[first + p] +
     * taps[k]] x weight(k, c)}, in each half on its own, modulo 2^16. The caller proves that what
     * is meant fits.
     *
     * @param pixels where each pixel begins in {@code codes}
     * @param taps what to add to it, for each of the weights of a channel
     * @param from the first tap taken; {@code to} is the first that is not
     * @param weights in panels over all taps, in each half those of its sums
     * @param sums {@code count} x {@code channels}, from {@code begin} on
     */
    void multiply(
            int[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int channels,
            int[] sums,
            int begin);

    /**
     * Adds to sums the products of one image, formed in single precision, otherwise as above. The
     * caller proves that no sum of products exceeds 2^22, so that all are exact.
     */
    void multiply(
            float[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int channels,
            int[] sums,
            int begin);

    /**
     * Products of each channel with weights of its own, in 16 bits: {@code sums[p][c] = sum over k
     * of codes[pixels[first + p] + taps[k] + c] x weights[k][c]}.
     *
     * @param weights the same in both halves
     */
    void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int channels,
            int[] sums);

    /** As above, in 32 bits, the images apart. */
    void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int channels,
            int[] low,
            int[] high);

    /**
     * As above, where a weight is {@code (upper << shift) + lower}: the sums of either part are
     * formed in 16 bits, and only then put together in 32.
     */
    void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] upper,
            int[] lower,
            int shift,
            int channels,
            int[] low,
            int[] high);

    /**
     * Codes of 4 x 4 pixels as sums and differences: what Winograd's F(2 x 2, 3 x 3) multiplies in
     * place of 3 x 3 windows (Lavin and Gray, CVPR 2016, section 4.1, the matrix B), in each half
     * modulo 2^16.
     *
     * @param tiles where the first pixel of each tile begins in {@code codes}
     * @param line what lies between a pixel and the one below it
     * @param to takes {@code [place of 16][count][channels]}, a place every {@code step}
     */
    void toTiles(
            int[] codes,
            int[] tiles,
            int first,
            int count,
            int line,
            int channels,
            int[] to,
            int step);

    /**
     * The 2 x 2 results of each tile from its 16 products (the matrix A of the same), a quarter of
     * them added to sums in each half: the products are those of weights times four.
     *
     * @param products {@code [place of 16][count][channels]}, a place every {@code step}
     * @param places where the four results of each tile go, less {@code origin} in {@code sums}; -1
     *     for nowhere
     */
    void fromTiles(
            int[] products,
            int step,
            int count,
            int channels,
            int[] places,
            int first,
            int origin,
            int[] sums);

    /**
     * Both halves of each int as ints of their own that hold them twice: of {@code channels} in a
     * pixel, the low halves make the first half and the high ones the second.
     *
     * @param halves {@code count} x {@code channels / 2}
     * @param sums {@code count} x {@code channels}, from {@code begin} on
     */
    void spread(int[] halves, int count, int channels, int[] sums, int begin);

    /** Adds the halves of sums to 32-bit sums of each image. */
    void widen(int[] sums, int length, int[] low, int[] high);

    /**
     * Scales sums of 16 bits and holds the results between limits: {@code wide[p][c] = clamp((sum x
     * multiplier(c) + addend(c)) >> shift(c))}.
     */
    void requantize(int[] sums, int count, Scaling by, int least, int most, int[] wide);

    /** As above, for sums of up to 32 bits, the images apart. */
    void requantize(
            int[] low, int[] high, int count, WideScaling by, int least, int most, int[] wide);

    /** As above, for sums that leave room in 32 bits for a digit of the multiplier. */
    void requantize(
            int[] low, int[] high, int count, DigitScaling by, int least, int most, int[] wide);

    /**
     * A weighted sum of two tensors: {@code to = clamp((a x factorA + b x factorB + addend) >>
     * shift)}, in 32 bits; the caller proves that they suffice. {@code to} may be one of the
     * others.
     */
    void add(
            int[] a,
            int fromA,
            int factorA,
            int[] b,
            int fromB,
            int factorB,
            int addend,
            int shift,
            int least,
            int most,
            int[] to,
            int fromTo,
            int length);

    /** Holds integers between limits, where they are. */
    void clamp(int[] wide, int from, int length, int least, int most);

    /** {@code a = max(a, b)}. */
    void max(int[] a, int fromA, int[] b, int fromB, int length);

    /** Replaces integers by their levels. */
    void encode(int[] wide, int from, int length, Encoder by, int[] codes, int to);

    /** The halves as numbers, each image on its own. */
    void split(int[] codes, int from, int length, float[] numbers, int low, int high);

    /** The definition. */
    static PairKernels scalar() {
        return new ScalarPairKernels();
    }

    /** The next multiple of {@link #ROUND}. */
    static int rounded(int channels) {
        return (channels + ROUND - 1) / ROUND * ROUND;
    }

    /** The channels of the panel that begins with a channel. */
    static int panel(int channel, int channels) {
        return Math.min(PANEL, channels - channel);
    }
}
