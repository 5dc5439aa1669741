package org.dyadic.execution;

import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Grid;
import org.dyadic.kernels.Kernels;

/**
 * A convolution or dense layer in integers: encode the input, multiply levels by levels, sum,
 * requantize. A dense layer is a convolution of one pixel.
 */
public final class Multiplication implements Step {

    /** Columns worked on at once: enough for long loops, few enough to stay in the cache. */
    private static final int TILE = 256;

    private final Kernels kernels;
    private final Window window;
    private final Shape input;
    private final Shape output;
    private final Windows windows;
    private final int groups;
    private final int outputs; // of a group
    private final int inputs; // channels of a group
    private final int depth;
    private final int[] weights;
    private final int[] encode;
    private final double ratio;
    private final int pad;
    private final FixedPoint[] scale;
    private final long[] addend;
    private final boolean fits;
    private final long bound;
    private final long limit;
    private final Overflow overflow;

    Multiplication(
            Node node,
            Shape input,
            QuantizedLayer layer,
            double inputScale,
            double outputScale,
            Datapath datapath,
            Kernels kernels) {
        this.kernels = kernels;
        if (node.operation() instanceof Operation.Convolution convolution) {
            this.groups = convolution.groups();
            this.window = convolution.window();
            this.input = input;
            this.output = node.shape();
        } else {
            this.groups = 1;
            // Features become channels, and whatever axes precede them pixels in a row.
            int rows = input.size() / input.extent(-1);
            if (rows != 1) {
                throw new IllegalArgumentException(
                        "a dense layer over more than one row of features has no integer form yet");
            }
            this.window = Window.square(1, 1, 0);
            this.input = Shape.of(input.size(), 1, 1);
            this.output = Shape.of(node.shape().size(), 1, 1);
        }
        this.windows = new Windows(window, this.input, output);
        var shape = Layers.weights(node).shape();
        int channels = shape.extent(0);
        this.outputs = channels / groups;
        this.depth = shape.size() / channels;
        this.inputs = shape.extent(1);
        Grid weightGrid = layer.held().grid().orElseThrow();
        Grid activationGrid = layer.activations().grid().orElseThrow();
        this.weights = layer.held().levels();
        this.encode = encoder(activationGrid, inputScale);
        this.ratio = activationGrid.scale(0) / inputScale;
        this.pad = SumRange.pad(activationGrid, datapath.padding());

        this.scale = new FixedPoint[channels];
        this.addend = new long[channels];
        this.limit = datapath.max();
        this.overflow = datapath.overflow();
        long largest = 0;
        for (int channel = 0; channel < channels; channel++) {
            long bound = bound(channel, activationGrid.absMax());
            largest = Math.max(largest, bound);
            double factor = weightGrid.scale(channel) * activationGrid.scale(0) / outputScale;
            scale[channel] = FixedPoint.of(factor, datapath, Math.max(1, Math.min(bound, limit)));
            addend[channel] = scale[channel].addend(layer.bias().get(channel) / outputScale);
        }
        this.fits = SumRange.of(node.operation(), layer, datapath.padding()).fits(datapath);
        this.bound = largest;
    }

    /** What slides over the input. */
    public Window window() {
        return window;
    }

    /** Channels, height and width of the input. */
    public Shape input() {
        return input;
    }

    /** Channels, height and width of the result. */
    public Shape output() {
        return output;
    }

    public int groups() {
        return groups;
    }

    /** Levels, by output channel, then as the window counts. */
    public int[] weights() {
        return weights.clone();
    }

    /** The level of each wide integer, from -32768 up. */
    public int[] encoder() {
        return encode.clone();
    }

    /** How many wide integers there are to one integer of the levels. */
    double ratio() {
        return ratio;
    }

    /** The level where the window leaves the image. */
    public int pad() {
        return pad;
    }

    /** What the sums of an output channel are multiplied by. */
    public FixedPoint scale(int channel) {
        return scale[channel];
    }

    /** What is added to the product of an output channel, before it is shifted. */
    public long addend(int channel) {
        return addend[channel];
    }

    /** True if no sum of products exceeds 32 bits. */
    boolean narrow() {
        return bound <= Integer.MAX_VALUE;
    }

    /** What no sum of products exceeds in magnitude. */
    long bound() {
        return bound;
    }

    /** True if it is proven that no sum overflows the accumulator, whatever the image. */
    public boolean fits() {
        return fits;
    }

    /** What no sum of a channel exceeds: proven from its weights, whatever the image. */
    private long bound(int channel, long activation) {
        long sum = 0;
        for (int k = 0; k < depth; k++) {
            sum = Math.addExact(sum, Math.abs((long) weights[channel * depth + k]));
        }
        return Math.multiplyExact(sum, activation);
    }

    /** The level for each wide integer, by thresholds that are integers themselves. */
    static int[] encoder(Grid grid, double inputScale) {
        var table = new int[Wide.COUNT];
        int index = 0;
        double ratio = grid.scale(0) / inputScale;
        for (int x = Wide.MIN; x <= Wide.MAX; x++) {
            while (index + 1 < grid.size()
                    && x
                            >= Math.ceil(
                                    0.5
                                            * ratio
                                            * ((double) grid.level(index)
                                                    + grid.level(index + 1)))) {
                index++;
            }
            table[x - Wide.MIN] = grid.level(index);
        }
        return table;
    }

    @Override
    public int[][] run(int[][][] batch, LongAdder overflows) {
        int[][] codes = encode(batch[0]);
        int images = codes.length;
        int pixels = windows.pixels();
        var results = new int[images][groups * outputs * pixels];
        int total = images * pixels;
        int tile = Math.min(total, TILE);
        var columns = new int[depth][tile];
        var sums = new int[outputs][tile];
        boolean narrow = narrow();
        var longSums = narrow ? null : new long[outputs][tile];
        for (int from = 0; from < total; from += tile) {
            int count = Math.min(tile, total - from);
            for (int group = 0; group < groups; group++) {
                windows.gather(codes, group * inputs, inputs, from, count, pad, columns);
                int offset = group * outputs * depth;
                if (narrow) {
                    kernels.multiply(weights, offset, outputs, depth, columns, count, sums);
                } else {
                    kernels.multiply(weights, offset, outputs, depth, columns, count, longSums);
                }
                for (int r = 0; r < outputs; r++) {
                    int channel = group * outputs + r;
                    if (narrow && fits) {
                        requantize(sums[r], channel, from, count, results);
                    } else {
                        requantize(
                                narrow ? widen(sums[r]) : longSums[r],
                                channel,
                                from,
                                count,
                                results,
                                overflows);
                    }
                }
            }
        }
        return results;
    }

    /**
     * What the accumulators hold of an image when all products are in them, ordered as the result:
     * wrapped or saturated where they overflow, and before the bias. For those who hold the sums of
     * another machine against these.
     */
    public long[] accumulators(int[] image) {
        int[][] codes = encode(new int[][] {image});
        int pixels = windows.pixels();
        var held = new long[groups * outputs * pixels];
        int tile = Math.min(pixels, TILE);
        var columns = new int[depth][tile];
        var narrowSums = new int[outputs][tile];
        var sums = new long[outputs][tile];
        for (int from = 0; from < pixels; from += tile) {
            int count = Math.min(tile, pixels - from);
            for (int group = 0; group < groups; group++) {
                windows.gather(codes, group * inputs, inputs, from, count, pad, columns);
                int offset = group * outputs * depth;
                if (narrow()) {
                    kernels.multiply(weights, offset, outputs, depth, columns, count, narrowSums);
                } else {
                    kernels.multiply(weights, offset, outputs, depth, columns, count, sums);
                }
                for (int r = 0; r < outputs; r++) {
                    int to = (group * outputs + r) * pixels + from;
                    for (int at = 0; at < count; at++) {
                        held[to + at] = held(narrow() ? narrowSums[r][at] : sums[r][at]);
                    }
                }
            }
        }
        return held;
    }

    private int[][] encode(int[][] images) {
        var codes = new int[images.length][];
        for (int image = 0; image < images.length; image++) {
            int[] wide = images[image];
            var own = new int[wide.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = encode[wide[i] - Wide.MIN];
            }
            codes[image] = own;
        }
        return codes;
    }

    private void requantize(int[] sums, int channel, int from, int count, int[][] results) {
        var factor = scale[channel];
        long add = addend[channel];
        int pixels = windows.pixels();
        for (int at = 0; at < count; ) {
            int image = (from + at) / pixels;
            int pixel = (from + at) % pixels;
            int run = Math.min(pixels - pixel, count - at);
            int[] result = results[image];
            int to = channel * pixels + pixel;
            for (int i = 0; i < run; i++) {
                result[to + i] = Wide.saturate(factor.apply(sums[at + i], add));
            }
            at += run;
        }
    }

    /** As above, for sums that may not fit the accumulator. */
    private void requantize(
            long[] sums, int channel, int from, int count, int[][] results, LongAdder overflows) {
        int pixels = windows.pixels();
        var factor = scale[channel];
        for (int at = 0; at < count; at++) {
            long sum = sums[at];
            if (sum > limit || sum < -limit - 1) {
                overflows.increment();
                sum = held(sum);
            }
            results[(from + at) / pixels][channel * pixels + (from + at) % pixels] =
                    Wide.saturate(factor.apply(sum, addend[channel]));
        }
    }

    /** What becomes of a sum in the accumulator. */
    private long held(long sum) {
        return overflow == Overflow.SATURATE
                ? Math.max(-limit - 1, Math.min(limit, sum))
                : wrap(sum);
    }

    /** The low bits, as two's complement keeps them. */
    private long wrap(long sum) {
        int lost = Long.numberOfLeadingZeros(limit) - 1;
        return sum << lost >> lost;
    }

    private static long[] widen(int[] sums) {
        var wide = new long[sums.length];
        for (int i = 0; i < sums.length; i++) {
            wide[i] = sums[i];
        }
        return wide;
    }
}
