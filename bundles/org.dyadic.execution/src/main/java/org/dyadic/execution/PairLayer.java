package org.dyadic.execution;

import java.util.Arrays;
import java.util.Optional;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.Scaling;
import org.dyadic.kernels.WideScaling;

/** A convolution or dense layer on pairs of images, from encoded input to wide integers. */
final class PairLayer {

    private final PairKernels kernels;
    private final PairCodes codes;
    private final PairWeights form;
    private final boolean each;
    private final int channels; // rounded
    private final int[] taps;
    private final int[] pixels; // of the most pairs there can be
    private final int[] weights; // null in single precision
    private final float[] numbers; // null in 16 bits
    private final Scaling scaling; // null if sums are wide
    private final WideScaling wideScaling;
    private final PairWinograd winograd; // null if products are formed window by window

    private PairLayer(
            PairKernels kernels,
            PairCodes codes,
            PairWeights form,
            boolean each,
            int channels,
            int[] taps,
            int[] pixels,
            int[] panels,
            Scaling scaling,
            WideScaling wideScaling,
            PairWinograd winograd) {
        this.kernels = kernels;
        this.codes = codes;
        this.form = form;
        this.each = each;
        this.channels = channels;
        this.taps = taps;
        this.pixels = pixels;
        boolean floats = form.form() == PairWeights.Form.FLOAT32;
        this.weights = floats ? null : PairWeights.pairs(panels);
        this.numbers = floats ? PairWeights.floats(panels) : null;
        this.scaling = scaling;
        this.wideScaling = wideScaling;
        this.winograd = winograd;
    }

    /** Empty if the layer must run as it is defined. */
    static Optional<PairLayer> of(
            Multiplication layer, PairLayout input, int pairs, PairKernels kernels) {
        int outputs = layer.output().extent(0);
        boolean each =
                layer.groups() > 1
                        && layer.groups() == outputs
                        && outputs == layer.input().extent(0);
        if (!layer.fits() || !layer.narrow() || (layer.groups() > 1 && !each)) {
            return Optional.empty();
        }
        int[] levels = layer.encoder();
        int least = Math.min(layer.pad(), levels[0]);
        int most = Math.max(layer.pad(), levels[levels.length - 1]);
        int[][] weights = inOrderOfTaps(layer);
        var form =
                each
                        ? PairWeights.each(weights, least, most)
                        : PairWeights.of(weights, least, most);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        int channels = PairKernels.rounded(outputs);
        boolean narrow =
                form.get().form() == PairWeights.Form.INT16 && form.get().blocks().size() == 1;
        var scaling = narrow ? scaling(layer, channels) : Optional.<Scaling>empty();
        var wide = scaling.isPresent() ? Optional.<WideScaling>empty() : wide(layer, channels);
        if (scaling.isEmpty() && wide.isEmpty()) {
            return Optional.empty();
        }
        var codes =
                new PairCodes(kernels, layer, input, form.get().form() == PairWeights.Form.FLOAT32);
        return Optional.of(
                new PairLayer(
                        kernels,
                        codes,
                        form.get(),
                        each,
                        channels,
                        taps(layer, codes, each),
                        pixels(layer, codes, pairs),
                        each ? byTap(weights, channels) : PairWeights.panels(weights),
                        scaling.orElse(null),
                        wide.orElse(null),
                        scaling.isPresent() && PairWinograd.suits(layer)
                                ? PairWinograd.of(
                                                kernels, layer, codes, pairs, weights, least, most)
                                        .orElse(null)
                                : null));
    }

    /** The weights of each output channel, the window's rows first and its channels last. */
    private static int[][] inOrderOfTaps(Multiplication layer) {
        int[] levels = layer.weights();
        int outputs = layer.output().extent(0);
        int area = layer.window().height() * layer.window().width();
        int depth = levels.length / outputs;
        int inputs = depth / area;
        var weights = new int[outputs][depth];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int place = 0; place < area; place++) {
                    weights[output][place * inputs + input] =
                            levels[(output * inputs + input) * area + place];
                }
            }
        }
        return weights;
    }

    private static int[] byTap(int[][] weights, int channels) {
        int depth = weights[0].length;
        var byTap = new int[depth * channels];
        for (int channel = 0; channel < weights.length; channel++) {
            for (int tap = 0; tap < depth; tap++) {
                byTap[tap * channels + channel] = weights[channel][tap];
            }
        }
        return byTap;
    }

    private static int[] taps(Multiplication layer, PairCodes codes, boolean each) {
        var window = layer.window();
        int inputs = each ? 1 : layer.input().extent(0);
        var taps = new int[window.height() * window.width() * inputs];
        int k = 0;
        for (int dy = 0; dy < window.height(); dy++) {
            for (int dx = 0; dx < window.width(); dx++) {
                for (int channel = 0; channel < inputs; channel++) {
                    taps[k++] =
                            codes.tap(dy * window.dilationY(), dx * window.dilationX()) + channel;
                }
            }
        }
        return taps;
    }

    private static int[] pixels(Multiplication layer, PairCodes codes, int pairs) {
        int height = layer.output().extent(1);
        int width = layer.output().extent(2);
        var pixels = new int[pairs * height * width];
        int at = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels[at++] =
                            codes.at(
                                    pair,
                                    y * layer.window().strideY(),
                                    x * layer.window().strideX());
                }
            }
        }
        return pixels;
    }

    private static Optional<Scaling> scaling(Multiplication layer, int channels) {
        var constants = Constants.of(layer);
        return constants.flatMap(c -> Scaling.of(c.multipliers, c.addends, c.shifts, channels));
    }

    private static Optional<WideScaling> wide(Multiplication layer, int channels) {
        var constants = Constants.of(layer);
        return constants.flatMap(
                c ->
                        WideScaling.of(
                                c.multipliers, c.addends, c.shifts, channels, (int) layer.bound()));
    }

    private record Constants(long[] multipliers, long[] addends, int[] shifts) {

        /** Empty if rounding takes more than adding a constant. */
        static Optional<Constants> of(Multiplication layer) {
            int outputs = layer.output().extent(0);
            var constants = new Constants(new long[outputs], new long[outputs], new int[outputs]);
            for (int c = 0; c < outputs; c++) {
                var scale = layer.scale(c);
                if (!scale.roundsByAdding()) {
                    return Optional.empty();
                }
                constants.multipliers[c] = scale.multiplier();
                constants.addends[c] = layer.addend(c) + scale.half();
                constants.shifts[c] = scale.shift();
            }
            return Optional.of(constants);
        }
    }

    PairCodes codes() {
        return codes;
    }

    /** What a report calls the kernel of this layer. */
    String describe() {
        return winograd != null ? winograd.describe() : form.describe();
    }

    /** The least pixels that can be worked on at once. */
    int least() {
        return winograd != null ? winograd.least() : 1;
    }

    /**
     * How many pixels to work on at once.
     *
     * @param most as many as there is room for
     */
    int chunk(int first, int total, int most) {
        return winograd != null
                ? winograd.chunk(first, total, most)
                : Math.min(most, total - first);
    }

    /**
     * The wide results of some pixels, counted through all pairs.
     *
     * @param wide takes them, pixel by pixel
     */
    void run(Object input, int pairs, int first, int count, int least, int most, Scratch scratch) {
        int length = count * channels;
        int[] sums = scratch.sums();
        int[] low = scratch.low();
        int[] high = scratch.high();
        boolean wideSums = scaling == null;
        if (winograd != null) {
            Arrays.fill(sums, 0, length, 0);
            winograd.run((int[]) input, first, count, sums, scratch.arena());
        } else if (each) {
            if (form.form() == PairWeights.Form.INT16 && !wideSums) {
                kernels.multiplyEach(
                        (int[]) input, pixels, first, count, taps, weights, channels, sums);
            } else {
                kernels.multiplyEach(
                        (int[]) input, pixels, first, count, taps, weights, channels, low, high);
            }
        } else if (form.form() == PairWeights.Form.INT16) {
            Arrays.fill(sums, 0, length, 0);
            if (wideSums) {
                Arrays.fill(low, 0, length, 0);
                Arrays.fill(high, 0, length, 0);
            }
            int from = 0;
            for (int to : form.blocks()) {
                kernels.multiply(
                        (int[]) input,
                        0,
                        pixels,
                        first,
                        count,
                        taps,
                        from,
                        to,
                        weights,
                        channels,
                        sums,
                        0);
                if (wideSums) {
                    kernels.widen(sums, length, low, high);
                }
                from = to;
            }
        } else {
            Arrays.fill(low, 0, length, 0);
            Arrays.fill(high, 0, length, 0);
            int from = 0;
            for (int to : form.blocks()) {
                kernels.multiply(
                        (float[]) input,
                        0,
                        pixels,
                        first,
                        count,
                        taps,
                        from,
                        to,
                        numbers,
                        channels,
                        low,
                        0);
                kernels.multiply(
                        (float[]) input,
                        pairs * codes.plane(),
                        pixels,
                        first,
                        count,
                        taps,
                        from,
                        to,
                        numbers,
                        channels,
                        high,
                        0);
                from = to;
            }
        }
        if (wideSums) {
            kernels.requantize(low, high, count, wideScaling, least, most, scratch.wide());
        } else {
            kernels.requantize(sums, count, scaling, least, most, scratch.wide());
        }
    }
}
