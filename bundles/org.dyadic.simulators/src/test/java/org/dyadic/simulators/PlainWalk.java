package org.dyadic.simulators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;

/**
 * A layer walked tile by tile with every element that is in a buffer, as plainly as can be: the
 * truth that nests and schedules are held against.
 */
final class PlainWalk {

    private record Weight(int column, int channel, int tap) {}

    private record Input(int image, int row, int column, int channel) {}

    private record Entry(int row, int column) {}

    private final Nest nest;
    private final Job job;
    private final Workload layer;

    private final Set<Weight> weights = new HashSet<>();
    private final Set<Input> inputs = new HashSet<>();
    private final Set<Entry> sums = new HashSet<>();
    private final Map<Entry, Integer> visits = new HashMap<>();

    private final List<Long> loads = new ArrayList<>();
    private final List<Long> stores = new ArrayList<>();
    private final List<Double> computes = new ArrayList<>();

    long readBits;
    long writtenBits;
    long mostWeightBits;
    long mostInputBits;
    long mostEntries;
    long weightUses;
    long inputUses;
    long partials;
    double cycles;
    double computing;

    PlainWalk(Nest nest, Workload layer) {
        this.nest = nest;
        this.job = nest.job();
        this.layer = layer;
        for (int group = 0; group < job.groups; group++) {
            weights.clear();
            inputs.clear();
            sums.clear();
            visits.clear();
            walkGroup();
        }
        time();
    }

    private void walkGroup() {
        int[] counts = {nest.m().count(), nest.n().count(), nest.k().count()};
        int[] before = null;
        var order = nest.order();
        for (int a = 0; a < counts[order.loop(0)]; a++) {
            for (int b = 0; b < counts[order.loop(1)]; b++) {
                for (int c = 0; c < counts[order.loop(2)]; c++) {
                    var at = new int[3];
                    at[order.loop(0)] = a;
                    at[order.loop(1)] = b;
                    at[order.loop(2)] = c;
                    step(at, before, counts[Order.K]);
                    before = at;
                }
            }
        }
    }

    /** True if a loop around another one has moved on, so that what stayed through it goes. */
    private boolean moved(int[] at, int[] before, int loop) {
        if (before == null) {
            return true;
        }
        for (int other = 0; other < 3; other++) {
            if (nest.order().inside(loop, other) && at[other] != before[other]) {
                return true;
            }
        }
        return false;
    }

    private void step(int[] at, int[] before, int channelTiles) {
        int m = at[Order.M];
        int n = at[Order.N];
        int k = at[Order.K];
        var pixels = pixels(m);
        int fromColumn = n * nest.n().tile();
        int columns = nest.n().size(n);
        int fromChannel = k * nest.k().tile();
        int channels = nest.k().size(k);

        var weightTile = new HashSet<Weight>();
        for (int column = 0; column < columns; column++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int tap = 0; tap < job.taps; tap++) {
                    weightTile.add(new Weight(fromColumn + column, fromChannel + channel, tap));
                }
            }
        }
        var inputTile = new HashSet<Input>();
        for (int pixel : pixels) {
            for (int channel = 0; channel < channels; channel++) {
                window(pixel, fromChannel + channel, inputTile);
            }
        }
        long load =
                fetch(weights, weightTile, nest.weightsStay(), moved(at, before, Order.M))
                                * job.weightBits
                        + fetch(inputs, inputTile, nest.inputsStay(), moved(at, before, Order.N))
                                * job.inputBits;
        mostWeightBits = Math.max(mostWeightBits, (long) weights.size() * job.weightBits);
        mostInputBits = Math.max(mostInputBits, (long) inputs.size() * job.inputBits);

        long store = 0;
        if (!nest.sumsStay()) {
            sums.clear();
        }
        for (int pixel : pixels) {
            for (int column = 0; column < columns; column++) {
                var entry = new Entry(pixel, fromColumn + column);
                if (sums.add(entry) && k > 0) {
                    load += job.sumBits;
                }
            }
        }
        mostEntries = Math.max(mostEntries, sums.size());
        for (int pixel : pixels) {
            for (int column = 0; column < columns; column++) {
                var entry = new Entry(pixel, fromColumn + column);
                if (k == channelTiles - 1) {
                    store += job.outputBits;
                    sums.remove(entry);
                } else if (!nest.sumsStay()) {
                    store += job.sumBits;
                }
            }
        }
        loads.add(load);
        stores.add(store);
        readBits += load;
        writtenBits += store;
        array(pixels, fromColumn, columns, channels * job.taps);
    }

    /** What comes in so that a tile is there. */
    private static <T> long fetch(Set<T> held, Set<T> tile, boolean stays, boolean moved) {
        if (!stays) {
            if (held.equals(tile)) {
                return 0;
            }
            held.clear();
        } else if (moved) {
            held.clear();
        }
        long before = held.size();
        held.addAll(tile);
        return held.size() - before;
    }

    /** Folds of one tile on the array. */
    private void array(List<Integer> pixels, int fromColumn, int columns, int length) {
        var mapping =
                Mapping.of(job.dataflow, job.rows, job.columns, pixels.size(), columns, length);
        computes.add(mapping.cycles() / job.macsPerCycle);
        boolean sumsInside = job.dataflow == Dataflow.OUTPUT_STATIONARY;
        boolean inputsInside = job.dataflow == Dataflow.INPUT_STATIONARY;
        for (int top = 0; top < mapping.spatialRows(); top += job.rows) {
            for (int left = 0; left < mapping.spatialColumns(); left += job.columns) {
                long high = Math.min(job.rows, mapping.spatialRows() - top);
                long wide = Math.min(job.columns, mapping.spatialColumns() - left);
                long row = high * mapping.steps();
                long column = wide * mapping.steps();
                inputUses += inputsInside ? high * wide : row;
                weightUses += sumsInside ? column : inputsInside ? row : high * wide;
            }
        }
        long passes = sumsInside ? 1 : mapping.rowFolds();
        for (int pixel : pixels) {
            for (int column = 0; column < columns; column++) {
                int before =
                        visits.merge(
                                        new Entry(pixel, fromColumn + column),
                                        (int) passes,
                                        Integer::sum)
                                - (int) passes;
                partials += 2 * (before == 0 ? passes - 1 : passes);
            }
        }
    }

    /** Rows of the product in a tile: images, then rows and columns of an image. */
    private List<Integer> pixels(int tile) {
        var found = new ArrayList<Integer>();
        int width = layer.sliding().map(Sliding::columns).orElse(1);
        int height = layer.sliding().map(Sliding::rows).orElse((int) job.m);
        int images = layer.sliding().isPresent() ? job.images : 1;
        int[] size = nest.m().tiling();
        int across = (width + size[2] - 1) / size[2];
        int down = (height + size[1] - 1) / size[1];
        int left = tile % across * size[2];
        int top = tile / across % down * size[1];
        int first = tile / across / down * size[0];
        for (int image = first; image < Math.min(images, first + size[0]); image++) {
            for (int row = top; row < Math.min(height, top + size[1]); row++) {
                for (int column = left; column < Math.min(width, left + size[2]); column++) {
                    found.add((image * height + row) * width + column);
                }
            }
        }
        return found;
    }

    /** The input elements of a channel that an output pixel needs. */
    private void window(int pixel, int channel, Set<Input> into) {
        if (layer.sliding().isEmpty()) {
            into.add(new Input(0, pixel, 0, channel));
            return;
        }
        var image = layer.sliding().get();
        var window = image.window();
        int column = pixel % image.columns();
        int row = pixel / image.columns() % image.rows();
        int number = pixel / image.columns() / image.rows();
        for (int y = 0; y < window.height(); y++) {
            for (int x = 0; x < window.width(); x++) {
                int inputRow = row * window.strideY() + y * window.dilationY() - window.top();
                int inputColumn =
                        column * window.strideX() + x * window.dilationX() - window.left();
                if (inputRow >= 0
                        && inputRow < image.height()
                        && inputColumn >= 0
                        && inputColumn < image.width()) {
                    into.add(new Input(number, inputRow, inputColumn, channel));
                }
            }
        }
    }

    /** Load, then steps that take the longest of what they do at once, then store. */
    private void time() {
        int steps = computes.size();
        cycles = loads.get(0) / job.bitsPerCycle;
        for (int i = 0; i < steps; i++) {
            long moved = (i + 1 < steps ? loads.get(i + 1) : 0) + (i > 0 ? stores.get(i - 1) : 0);
            cycles += Math.max(computes.get(i), moved / job.bitsPerCycle);
            computing += computes.get(i);
        }
        cycles += stores.get(steps - 1) / job.bitsPerCycle;
    }
}
