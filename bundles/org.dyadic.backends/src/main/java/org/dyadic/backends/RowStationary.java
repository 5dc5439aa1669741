package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.spec.Settings;

/**
 * The row-stationary mapping of Chen et al. (ISCA 2016; JSSC 2017, section III), with its letters.
 * An element keeps S weights of a row and makes a row of F sums of them. R rows of elements times e
 * columns make e rows of sums of one channel and one filter; r such sets side by side take further
 * channels, t further filters, and every element takes turns among q channels and p filters, as far
 * as its scratch pads reach. Sets that are wider than the array are folded. A pass is one load of
 * the array with weights, for n images. The sums of m filters, e rows of each of the n images, wait
 * in the buffer until all channels have been added, beside the activations of the pass, which all m
 * filters use; so activations cross the chip's border once for every m filters and e rows.
 *
 * <p>A pass takes as long as the elements multiply, or as activations or sums need on their buses,
 * and before that as long as its weights need on theirs. The buffer has room to load the weights of
 * the next pass meanwhile, but none for the next activations or the last results: those cross the
 * border while the array waits. (The chip's total latency is longer than its processing, by 12 ms
 * for AlexNet and by 554 ms for VGG-16: JSSC 2017, tables V and VI.) Among all mappings that fit
 * the fastest is taken; those of the first two layers of AlexNet are then those of the paper (table
 * III). Filling and draining are not counted, nothing is compressed.
 *
 * <p>VGG-16 comes out twice too fast. All but its last three layers take on the chip what their
 * accesses to the buffer need at 16 bytes a cycle (table VI: 2402.8 MB and 810.6 ms for the second
 * layer), and those are as many as if a pass took one channel of the first four layers, two of the
 * next three, then four. This search finds mappings of three to eight channels, which keep as many
 * elements busy with fewer sums on the bus; those of the chip were not published.
 *
 * @param buffer bytes that activations and sums share
 * @param wordsPerCycle that cross the border of the chip
 */
record RowStationary(
        int rows,
        int columns,
        int batch,
        int weightPad,
        int activationPad,
        int sumPad,
        long buffer,
        double wordsPerCycle) {

    // Words of 16 bits that a bus moves in a cycle (JSSC 2017, section IV: 64, 16 and 64 bit).
    private static final int WEIGHTS_A_CYCLE = 4;
    private static final int ACTIVATIONS_A_CYCLE = 1;
    private static final int SUMS_A_CYCLE = 4;

    private static final int WORD_BYTES = 2;
    private static final int TO_A_BUFFER_WORD = Buffers.WORD_BITS / 16;

    static RowStationary of(Settings settings) {
        var array = settings.extent("array");
        var buffers = Buffers.of(settings);
        var chassis = Chassis.of(settings);
        double bytesPerCycle = chassis.offChip().bandwidth().base() / chassis.clock().base();
        return new RowStationary(
                array.rows(),
                array.columns(),
                settings.whole("batch"),
                settings.whole("weight-pad"),
                settings.whole("activation-pad"),
                settings.whole("sum-pad"),
                buffers.activations() + buffers.outputs(),
                bytesPerCycle / WORD_BYTES);
    }

    Verdict judge(LayerShape layer) {
        var best = best(layer);
        if (best.isEmpty()) {
            var smallest = new Mapping(layer, 1, 1, 1, 1, 1, 1);
            return new Verdict.Refusal(
                    "activations and a row of sums take "
                            + smallest.bytes()
                            + " bytes, and the activation and output buffers share "
                            + buffer
                            + "; larger buffers would fit");
        }
        return new Verdict.Acceptance(1, Optional.of(best.get().timing()));
    }

    /**
     * The mapping that takes the fewest cycles, and of those the fewest words. Whatever is divided
     * is divided evenly: fewer passes than that need more of it at once.
     */
    private Optional<Mapping> best(LayerShape layer) {
        Mapping best = null;
        int width = width(layer);
        for (int q : parts(layer.channels(), activationPad / width)) {
            for (int p : parts(layer.filters(), Math.min(weightPad / (q * width), sumPad))) {
                for (int e : parts(layer.rows(), layer.rows())) {
                    int sets = sets(height(layer), e);
                    for (int r : parts(divided(layer.channels(), q), sets)) {
                        int t = Math.min(sets / r, divided(layer.filters(), p));
                        double least = (double) passes(layer, p, q, r, t, e) * steps(layer, p, q);
                        for (int n = 1; n <= batch && (best == null || least <= best.cycles); n++) {
                            var mapping = new Mapping(layer, p, q, r, t, e, n);
                            if (mapping.fits() && (best == null || mapping.isBetterThan(best))) {
                                best = mapping;
                            }
                        }
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Loads of the array that a layer takes. */
    private long passes(LayerShape layer, int p, int q, int r, int t, int e) {
        return (long) layer.groups()
                * divided(layer.filters(), p * t)
                * divided(layer.channels(), q * r)
                * divided(layer.rows(), e)
                * divided(layer.height(), height(layer))
                * divided(layer.width(), width(layer));
    }

    /** Products that an element makes in a pass of one image. */
    private double steps(LayerShape layer, int p, int q) {
        return (double) p * q * width(layer) * layer.columns();
    }

    /** Rows of the window that are in the array at once; higher windows take several passes. */
    private int height(LayerShape layer) {
        return divided(layer.height(), divided(layer.height(), rows));
    }

    /** Columns of the window that an element keeps at once. */
    private int width(LayerShape layer) {
        int most = Math.min(activationPad, weightPad);
        return divided(layer.width(), divided(layer.width(), most));
    }

    /** Sets of so many rows and columns that fit the array; a wide one lies in several strips. */
    private int sets(int height, int width) {
        int strips = divided(width, columns);
        return strips == 1 ? rows / height * (columns / width) : rows / height / strips;
    }

    /** What a number divides into, at most so much: the least part for every number of parts. */
    private static List<Integer> parts(int whole, int most) {
        var parts = new ArrayList<Integer>();
        for (int count = 1; count <= whole && most > 0; count++) {
            // the first number of parts that makes them small enough, and smaller than the last
            int below = Math.min(most, parts.isEmpty() ? most : parts.get(parts.size() - 1) - 1);
            if (below == 0) {
                break;
            }
            count = Math.max(count, divided(whole, below));
            parts.add(divided(whole, count));
        }
        return parts;
    }

    private static int divided(int whole, int by) {
        return (whole + by - 1) / by;
    }

    /** One way to lay a layer out, with as many filters at once as the buffer has room for. */
    private final class Mapping {

        private final LayerShape layer;
        private final int images;
        private final long passes;
        private final long weights;
        private final long activations;
        private final long sums;
        private final int turns;
        private final double cycles;

        /** Counts for one pass, of one image where images have their own. */
        Mapping(LayerShape layer, int p, int q, int r, int t, int e, int n) {
            this.layer = layer;
            images = n;
            int height = height(layer);
            int width = width(layer);
            weights = (long) height * width * p * q * r * t;
            long inputRows = (long) (e - 1) * layer.stride() + height;
            activations = q * r * inputRows * layer.inputColumns();
            sums = (long) p * t * e * layer.columns();
            passes = passes(layer, p, q, r, t, e);
            int all = divided(layer.filters(), p * t);
            long room = buffer / WORD_BYTES / n - activations;
            turns = (int) Math.max(0, Math.min(all, room / sums));
            int loads = turns == 0 ? all : divided(all, turns);
            double inputs =
                    (double) layer.groups()
                            * loads
                            * divided(layer.rows(), e)
                            * layer.channels()
                            * inputRows
                            * layer.inputColumns();
            double moving =
                    Math.max(
                            (double) activations / ACTIVATIONS_A_CYCLE,
                            (double) sums / SUMS_A_CYCLE);
            cycles =
                    passes
                                    * (Math.max(steps(layer, p, q), moving)
                                            + (double) weights / WEIGHTS_A_CYCLE * shared())
                            + (inputs + results()) / wordsPerCycle;
        }

        /** What the buffer holds of one image while a pass runs. */
        long bytes() {
            return WORD_BYTES * (activations + sums);
        }

        boolean fits() {
            return turns > 0;
        }

        /** Times that an image has to load the weights of a pass: a part if a batch shares them. */
        private double shared() {
            return (double) divided(batch, images) / batch;
        }

        private long results() {
            return layer.pixels() * layer.filters() * layer.groups();
        }

        boolean isBetterThan(Mapping other) {
            return cycles < other.cycles || cycles == other.cycles && words() < other.words();
        }

        private double words() {
            return passes * (weights * shared() + activations + 2.0 * sums);
        }

        /** For one image. Sums go to the buffer and back, but for the first time. */
        Timing timing() {
            return new Timing(
                    (long) Math.ceil(cycles),
                    (long) Math.ceil(passes * weights * shared() / TO_A_BUFFER_WORD),
                    (long) Math.ceil((double) passes * activations / TO_A_BUFFER_WORD),
                    (long) Math.ceil((2.0 * passes * sums - results()) / TO_A_BUFFER_WORD));
        }
    }
}
