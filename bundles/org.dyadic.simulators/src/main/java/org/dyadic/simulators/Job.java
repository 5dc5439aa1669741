package org.dyadic.simulators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;

/**
 * One group of a layer on a machine, as numbers alone, for a batch of images. The product is m x k
 * by k x n; k is cut between channels, each of which is {@code taps} long.
 */
final class Job {

    final Dataflow dataflow;
    final int rows;
    final int columns;
    final int images;
    final int groups;

    /** Rows of the product, of all images; {@code n} columns, {@code k} = taps x channels. */
    final long m;

    final int n;
    final int taps;
    final int channels;

    final int weightBits;
    final int inputBits;
    final int outputBits;
    final int sumBits;

    /** Bits in the half of a buffer that serves the array while the other is filled or emptied. */
    final long weightRoom;

    final long inputRoom;
    final long outputRoom;

    final double bitsPerCycle;
    final double macsPerCycle;
    private final Optional<Timing> timing;
    private final Buffers buffers;
    private final Optional<Sliding> sliding;

    Job(Machine machine, Workload layer, int images) {
        this.dataflow = machine.dataflow();
        this.rows = machine.rows();
        this.columns = machine.columns();
        this.images = images;
        this.groups = layer.groups();
        this.m = (long) layer.m() * images;
        this.n = layer.n();
        this.sliding = layer.sliding();
        this.taps =
                sliding.map(image -> image.window().height() * image.window().width()).orElse(1);
        this.channels = layer.k() / taps;
        this.weightBits = layer.weightBits();
        this.inputBits = layer.activationBits();
        this.outputBits = layer.outputBits();
        this.sumBits = Math.max(machine.sumBits(), outputBits);
        this.buffers = machine.buffers();
        this.weightRoom = half(buffers.weights());
        this.inputRoom = half(buffers.activations());
        this.outputRoom = half(buffers.outputs());
        this.bitsPerCycle = base(machine.offChip().bandwidth()) * Byte.SIZE / base(machine.clock());
        this.macsPerCycle = layer.macsPerCycle();
        this.timing = layer.timing();
        if (m > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a batch of " + images + " images has more than 2147483647 output pixels");
        }
    }

    /** In base units; exact decimals would take longer than all the rest. */
    private static double base(Quantity quantity) {
        return quantity.value() * quantity.unit().factor();
    }

    private static long half(long bytes) {
        return bytes * Byte.SIZE / 2;
    }

    /** True if the backend says how long the layer computes, and not the dataflow. */
    boolean timed() {
        return timing.isPresent();
    }

    /** Cycles that the backend says one group of the batch takes. */
    double timedCycles() {
        return (double) timing.orElseThrow().cycles() * images / groups;
    }

    /**
     * Bits of an entry of the output buffer: of a sum if sums of a tile come back to the array,
     * else of a result.
     */
    int entryBits(Cut k) {
        return sumsComeBack(k) ? sumBits : outputBits;
    }

    private boolean sumsComeBack(Cut k) {
        return k.count() > 1
                || (!timed()
                        && dataflow != Dataflow.OUTPUT_STATIONARY
                        && (long) k.tile() * taps > rows);
    }

    /** Cuts of the columns of the product, coarse ones first. */
    List<Cut> columnCuts() {
        return Cut.candidates(n, 1, columns);
    }

    /** Cuts of the channels, coarse ones first. */
    List<Cut> channelCuts() {
        return Cut.candidates(channels, taps, rows);
    }

    /** Cuts of the rows of the product whose input fits its buffer, a channel at least. */
    List<Pixels> pixelCuts() {
        // a tile of a whole convolution cannot be told to fill folds, as it has two sides
        int lanes =
                sliding.isPresent() ? 1 : dataflow == Dataflow.INPUT_STATIONARY ? columns : rows;
        return pixels(extent -> Cut.candidates(extent, 1, lanes));
    }

    /** The same of given cuts of each side. */
    List<Pixels> pixels(IntFunction<List<Cut>> cuts) {
        var found = new ArrayList<Pixels>();
        if (sliding.isEmpty()) {
            for (var cut : cuts.apply((int) m)) {
                addIfItFits(found, matrix(cut));
            }
            return found;
        }
        var image = sliding.get();
        var strips = new ArrayList<Strip>();
        for (var cut : cuts.apply(image.columns())) {
            strips.add(Strip.columns(cut, image.width(), image.window()));
        }
        var one = List.of(new Cut(images, 1));
        for (var cut : cuts.apply(image.rows())) {
            var tall = Strip.rows(cut, image.height(), image.window());
            for (var wide : strips) {
                boolean whole = cut.count() == 1 && wide.cut().count() == 1;
                for (var batch : whole ? cuts.apply(images) : one) {
                    addIfItFits(found, new Pixels(batch, tall, wide));
                }
            }
        }
        return found;
    }

    private void addIfItFits(List<Pixels> found, Pixels pixels) {
        if (pixels.mostTouched() * inputBits <= inputRoom) {
            found.add(pixels);
        }
    }

    private static Pixels matrix(Cut cut) {
        var single = new Cut(1, 1);
        return new Pixels(single, Strip.plain(cut), Strip.plain(single));
    }

    /** The smallest tiles that there are: of one output pixel. */
    private Pixels finest() {
        if (sliding.isEmpty()) {
            return matrix(new Cut((int) m, 1));
        }
        var image = sliding.get();
        var window = image.window();
        return new Pixels(
                new Cut(images, 1),
                Strip.rows(new Cut(image.rows(), 1), image.height(), window),
                Strip.columns(new Cut(image.columns(), 1), image.width(), window));
    }

    /** Which buffer is too small for any tile, and by how much. */
    Optional<String> misfit() {
        long window = finest().mostTouched();
        var whole = new Cut(channels, channels);
        boolean atOnce =
                (long) taps * channels * weightBits <= weightRoom
                        && window * channels * inputBits <= inputRoom;
        int entry = Math.min(atOnce ? entryBits(whole) : sumBits, entryBits(new Cut(channels, 1)));
        String covered =
                sliding.map(image -> image.window())
                        .map(
                                of ->
                                        "a window of "
                                                + of.height()
                                                + " x "
                                                + of.width()
                                                + " in one channel")
                        .orElse("one input");
        return misfit(
                        "weight",
                        buffers.weights(),
                        (long) taps * weightBits,
                        "weights of " + covered)
                .or(() -> misfit("activation", buffers.activations(), window * inputBits, covered))
                .or(
                        () ->
                                misfit(
                                        "output",
                                        buffers.outputs(),
                                        entry,
                                        "one "
                                                + (entry == outputBits ? "result" : "sum")
                                                + " of "
                                                + entry
                                                + " bits"));
    }

    private static Optional<String> misfit(String name, long bytes, long bits, String what) {
        long needed = Mapping.ceilDivide(2 * bits, Byte.SIZE);
        return needed <= bytes
                ? Optional.empty()
                : Optional.of(
                        "the "
                                + name
                                + " buffer of "
                                + bytes
                                + " B is "
                                + (needed - bytes)
                                + " B too small for the least tile in each of its two halves: "
                                + what);
    }

    /** Cycles that a group computes, tile by tile, before any waiting. */
    double computing(Pixels m, Cut n, Cut k) {
        if (timed()) {
            return timedCycles();
        }
        long overhead = Mapping.overhead(dataflow, rows, columns);
        long channelFolds = k.folds(taps, rows);
        double cycles =
                switch (dataflow) {
                    case OUTPUT_STATIONARY ->
                            m.folds(rows)
                                    * n.folds(1, columns)
                                    * (overhead * k.count() + (long) taps * channels);
                    case WEIGHT_STATIONARY ->
                            channelFolds * n.folds(1, columns) * (overhead * m.count() + this.m);
                    case INPUT_STATIONARY ->
                            channelFolds * m.folds(columns) * (overhead * n.count() + this.n);
                    case ROW_STATIONARY -> throw new IllegalStateException("a timed dataflow");
                };
        return cycles / macsPerCycle;
    }

    /** Words of {@link Buffers#WORD_BITS} that the array takes from and gives to the buffers. */
    record Words(long weights, long inputs, long outputs) {
        long all() {
            return weights + inputs + outputs;
        }
    }

    /** What all groups move between the buffers and the array; filling of buffers is not in it. */
    Words words(Pixels m, Cut n, Cut k) {
        if (timed()) {
            var own = timing.get();
            return new Words(
                    own.weightReads() * images,
                    own.activationReads() * images,
                    own.outputWrites() * images);
        }
        long weights = (long) this.n * taps * channels;
        long inputs = this.m * taps * channels;
        long results = this.m * this.n;
        // each fold but the first along k takes the sums so far, each but the last gives them back
        long partials =
                2
                        * results
                        * (dataflow == Dataflow.OUTPUT_STATIONARY
                                ? k.count() - 1
                                : k.folds(taps, rows) - 1);
        long weightUses =
                weights
                        * switch (dataflow) {
                            case OUTPUT_STATIONARY -> m.folds(rows);
                            case WEIGHT_STATIONARY -> m.count();
                            default -> m.folds(columns);
                        };
        long inputUses =
                inputs * (dataflow == Dataflow.INPUT_STATIONARY ? n.count() : n.folds(1, columns));
        return new Words(
                inWords(weightUses * weightBits),
                inWords(inputUses * inputBits),
                inWords(results * outputBits + partials * sumBits));
    }

    /** The same in bits. */
    double bufferBits(Pixels m, Cut n, Cut k) {
        return (double) words(m, n, k).all() * Buffers.WORD_BITS;
    }

    /** Bits that a group moves off the chip if each operand is moved once. */
    long compulsoryBits(long inputPixels) {
        return (long) n * taps * channels * weightBits
                + inputPixels * channels * inputBits
                + m * n * outputBits;
    }

    private long inWords(long bits) {
        return Mapping.ceilDivide(groups * bits, Buffers.WORD_BITS);
    }
}
