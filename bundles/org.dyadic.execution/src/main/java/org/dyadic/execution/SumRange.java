package org.dyadic.execution;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Grid;

/**
 * The least and the greatest sum that a layer can reach, proven from its own weights and the
 * extremes of its activation grid, whatever the image. Each is reached by some inputs, and no
 * smaller accumulator holds both.
 */
public record SumRange(long min, long max) {

    public SumRange {
        if (min > max) {
            throw new IllegalArgumentException("a range goes upward, was " + min + " to " + max);
        }
    }

    /** Of each layer that runs in integers, by node, in the order of the network. */
    public static Map<Integer, SumRange> of(QuantizedNetwork quantized, Padding padding) {
        var ranges = new TreeMap<Integer, SumRange>();
        quantized
                .layers()
                .forEach(
                        (node, layer) -> {
                            if (layer.integral() && layer.held().grid().isPresent()) {
                                ranges.put(
                                        node,
                                        of(
                                                quantized.network().node(node).operation(),
                                                layer,
                                                padding));
                            }
                        });
        return ranges;
    }

    /** Of one layer that runs in integers. */
    static SumRange of(Operation operation, QuantizedLayer layer, Padding padding) {
        Grid activations = layer.activations().grid().orElseThrow();
        long low = activations.min();
        long high = activations.max();
        if (operation instanceof Operation.Convolution convolution
                && beyondTheBorder(convolution.window())) {
            long outside = pad(activations, padding);
            low = Math.min(low, outside);
            high = Math.max(high, outside);
        }
        int[] weights = layer.held().levels();
        int channels = layer.held().values().shape().extent(0);
        int depth = weights.length / channels;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int channel = 0; channel < channels; channel++) {
            long least = 0;
            long greatest = 0;
            for (int k = channel * depth; k < (channel + 1) * depth; k++) {
                long atLow = weights[k] * low;
                long atHigh = weights[k] * high;
                least = Math.addExact(least, Math.min(atLow, atHigh));
                greatest = Math.addExact(greatest, Math.max(atLow, atHigh));
            }
            min = Math.min(min, least);
            max = Math.max(max, greatest);
        }
        return new SumRange(min, max);
    }

    /** Whether some place of a window may lie beyond the image. */
    static boolean beyondTheBorder(Window window) {
        return window.top() + window.left() + window.bottom() + window.right() > 0;
    }

    /** What enters where a window leaves the image. */
    static int pad(Grid activations, Padding padding) {
        return padding == Padding.ZERO ? 0 : activations.level(activations.nearest(0, 0));
    }

    /** Bits of the narrowest accumulator, in two's complement, that holds every sum. */
    public int bits() {
        return Math.max(signedBits(min), signedBits(max));
    }

    private static int signedBits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number < 0 ? ~number : number) + 1;
    }

    /** True if no sum can overflow the accumulator. */
    public boolean fits(Datapath datapath) {
        return min >= datapath.min() && max <= datapath.max();
    }

    /**
     * The arithmetic where no machine limits it: {@link Datapath#wide}, whose 32 bits become 64 if
     * some sum may need more, as with codes of 16 bits.
     */
    public static Datapath wide(QuantizedNetwork quantized) {
        var wide = Datapath.wide();
        return overflowing(quantized, wide).isEmpty()
                ? wide
                : new Datapath(
                        Long.SIZE,
                        wide.overflow(),
                        wide.requantizer(),
                        wide.rounding(),
                        wide.padding());
    }

    /**
     * If sums may overflow: which layer needs how many bits, how many layers are concerned, what
     * becomes of such sums, and what to do. A whole sentence without its full stop.
     */
    public static Optional<String> overflowing(QuantizedNetwork quantized, Datapath datapath) {
        var ranges = of(quantized, datapath.padding());
        int bits = datapath.accumulatorBits();
        long concerned = ranges.values().stream().filter(range -> !range.fits(datapath)).count();
        if (concerned == 0) {
            return Optional.empty();
        }
        var widest =
                ranges.entrySet().stream()
                        .max(Map.Entry.comparingByValue((a, b) -> a.bits() - b.bits()))
                        .orElseThrow();
        int needed = widest.getValue().bits();
        return Optional.of(
                "sums of layer "
                        + quantized.network().node(widest.getKey()).name()
                        + " may need "
                        + needed
                        + " bits, and the accumulator has "
                        + bits
                        + "; so it is with "
                        + concerned
                        + " of "
                        + ranges.size()
                        + " layers. Sums that overflow "
                        + (datapath.overflow() == Overflow.WRAP ? "wrap" : "saturate")
                        + " and are counted; accumulator "
                        + needed
                        + " would hold them all, or fewer bits of weights or activations");
    }
}
