package org.dyadic.execution;

import java.util.Optional;
import org.dyadic.kernels.DigitScaling;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.Scaling;
import org.dyadic.kernels.WideScaling;

/** A convolution or dense layer on pairs of images, from encoded input to wide integers. */
final class PairLayer {

    private final PairKernels kernels;
    private final PairCodes codes;
    private final PairSums sums;
    private final String kernel;
    private final Requantization requantization;

    private PairLayer(
            PairKernels kernels,
            PairCodes codes,
            PairSums sums,
            String kernel,
            Requantization requantization) {
        this.kernels = kernels;
        this.codes = codes;
        this.sums = sums;
        this.kernel = kernel;
        this.requantization = requantization;
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
        var fitting =
                each
                        ? PairWeights.each(weights, least, most)
                        : PairWeights.of(weights, least, most);
        var constants = Constants.of(layer);
        if (fitting.isEmpty() || constants.isEmpty()) {
            return Optional.empty();
        }
        var form = fitting.get();
        int channels = PairKernels.rounded(outputs);
        var narrow =
                form.narrow()
                        ? constants.get().ofPairs(kernels, channels)
                        : Optional.<Requantization>empty();
        boolean wide = narrow.isEmpty();
        var requantization =
                wide ? constants.get().ofImages(kernels, channels, (int) layer.bound()) : narrow;
        if (requantization.isEmpty()) {
            return Optional.empty();
        }
        boolean floats = form.form() == PairWeights.Form.FLOAT32;
        var codes = new PairCodes(kernels, layer, input, floats);
        var winograd =
                wide || !PairWinograd.suits(layer)
                        ? Optional.<PairWinograd>empty()
                        : PairWinograd.of(kernels, layer, codes, pairs, weights, least, most);
        var sums =
                winograd.<PairSums>map(tiles -> tiles)
                        .orElseGet(
                                () ->
                                        byWindows(
                                                layer, codes, form, weights, least, most, wide,
                                                pairs, kernels));
        return Optional.of(
                new PairLayer(
                        kernels,
                        codes,
                        sums,
                        winograd.map(PairWinograd::describe).orElseGet(form::describe),
                        requantization.get()));
    }

    private static PairSums byWindows(
            Multiplication layer,
            PairCodes codes,
            PairWeights form,
            int[][] weights,
            int least,
            int most,
            boolean wide,
            int pairs,
            PairKernels kernels) {
        boolean each = layer.groups() > 1;
        int channels = PairKernels.rounded(weights.length);
        var windows =
                new PairSums.Windows(
                        pixels(layer, codes, pairs), taps(layer, codes, each), channels);
        if (form.form() == PairWeights.Form.INT16_PARTS) {
            var parts = PairWeights.Parts.of(weights, least, most).orElseThrow();
            return new PairSums.EachInParts(
                    kernels,
                    windows,
                    byTap(parts.upper(), channels),
                    byTap(parts.lower(), channels),
                    parts.shift());
        }
        if (each) {
            return new PairSums.Each(kernels, windows, byTap(weights, channels), wide);
        }
        return form.form() == PairWeights.Form.FLOAT32
                ? new PairSums.Floats(
                        kernels, windows, PairWeights.panels(weights), form.blocks(), codes.plane())
                : new PairSums.Shorts(
                        kernels,
                        windows.pixels(),
                        new PairMatrix(kernels, windows.taps(), weights),
                        form.blocks(),
                        wide);
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

    /** Makes wide integers, within limits, of the sums of some pixels. */
    private interface Requantization {
        void run(int count, int least, int most, Scratch scratch);
    }

    /** What all sums of a channel are multiplied by, what is added, and by how much shifted. */
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

        /** Of sums in pairs; empty if they need more than 32 bits. */
        Optional<Requantization> ofPairs(PairKernels kernels, int channels) {
            return Scaling.of(multipliers, addends, shifts, channels)
                    .map(
                            by ->
                                    (count, least, most, scratch) ->
                                            kernels.requantize(
                                                    scratch.sums(),
                                                    count,
                                                    by,
                                                    least,
                                                    most,
                                                    scratch.wide()));
        }

        /** Of sums image by image, in the fewer steps if their bound allows. */
        Optional<Requantization> ofImages(PairKernels kernels, int channels, int bound) {
            var digits = DigitScaling.of(multipliers, addends, shifts, channels, bound);
            if (digits.isPresent()) {
                return Optional.of(
                        (count, least, most, scratch) ->
                                kernels.requantize(
                                        scratch.low(),
                                        scratch.high(),
                                        count,
                                        digits.get(),
                                        least,
                                        most,
                                        scratch.wide()));
            }
            return WideScaling.of(multipliers, addends, shifts, channels, bound)
                    .map(
                            by ->
                                    (count, least, most, scratch) ->
                                            kernels.requantize(
                                                    scratch.low(),
                                                    scratch.high(),
                                                    count,
                                                    by,
                                                    least,
                                                    most,
                                                    scratch.wide()));
        }
    }

    PairCodes codes() {
        return codes;
    }

    /** How its sums are formed, and in which portions of pixels. */
    PairSums sums() {
        return sums;
    }

    /** What a report calls the kernel of this layer. */
    String describe() {
        return kernel;
    }

    /** The wide results of some pixels, counted through all pairs, in {@code scratch.wide()}. */
    void run(
            Object input,
            int pairs,
            int first,
            int count,
            boolean alone,
            int least,
            int most,
            Scratch scratch) {
        sums.form(input, pairs, first, count, alone, scratch);
        requantization.run(count, least, most, scratch);
    }
}
