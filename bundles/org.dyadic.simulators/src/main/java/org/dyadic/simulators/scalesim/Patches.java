package org.dyadic.simulators.scalesim;

import java.util.Arrays;
import java.util.HashMap;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;

/**
 * The input matrix of a convolution: where its elements lie in the image. Elements of the image
 * beyond its last row or column, which windows cover when the output is rounded up, are asked for
 * of nobody.
 */
final class Patches implements Elements {

    /** Stamps an element that is never fetched. */
    private static final byte NEVER = (byte) 255;

    private static final byte OLDEST = (byte) 254;

    private final String layer;
    private final Window window;
    private final int channels;

    /** Of the image that elements are asked for. */
    private final int imageHeight;

    private final int imageWidth;

    /** Of what windows cover, within the image and beyond. */
    private final int height;

    private final int width;

    /** Output pixels. */
    private final int rows;

    private final int columns;

    private final long distinct;

    Patches(Workload layer, Sliding image) {
        this.layer = layer.layer();
        this.window = image.window();
        this.channels = image.channels();
        // The program knows no padding: what users add to their images is what both sides have.
        this.imageHeight = image.height() + window.top() + Math.min(window.top(), window.bottom());
        this.imageWidth = image.width() + window.left() + Math.min(window.left(), window.right());
        this.rows = image.rows();
        this.columns = image.columns();
        this.height =
                (rows - 1) * window.strideY() + (window.height() - 1) * window.dilationY() + 1;
        this.width =
                (columns - 1) * window.strideX() + (window.width() - 1) * window.dilationX() + 1;
        this.distinct =
                covered(imageHeight, rows, window.height(), window.strideY(), window.dilationY())
                        * covered(
                                imageWidth,
                                columns,
                                window.width(),
                                window.strideX(),
                                window.dilationX())
                        * channels;
    }

    /** How many of so many positions any window covers. */
    private static long covered(int extent, int windows, int size, int stride, int dilation) {
        var seen = new boolean[extent];
        int count = 0;
        for (int window = 0; window < windows; window++) {
            for (int i = 0; i < size; i++) {
                int position = window * stride + i * dilation;
                if (position < extent && !seen[position]) {
                    seen[position] = true;
                    count++;
                }
            }
        }
        return count;
    }

    /** True if an element occurs twice in the matrix, or one of the matrix is beyond the image. */
    boolean overlapping() {
        return distinct != (long) rows * columns * window.height() * window.width() * channels;
    }

    /** What a read buffer fetches of this matrix. */
    Misses misses(Folds folds, long capacity) {
        if (distinct < capacity) {
            return new Misses(distinct, Misses.NEVER);
        }
        if ((long) height * width * channels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "layer "
                            + layer
                            + " has an image of more than 2^31 elements, which this simulator"
                            + " cannot follow; use the simulator analytic");
        }
        return new Replay(folds, capacity).misses();
    }

    /** Cycle of the last request for an element that is in the image. */
    long lastRequest(Folds folds) {
        for (long fold = folds.count() - 1; fold >= 0; fold--) {
            long rowFold = fold % folds.rowFolds();
            long columnFold = fold / folds.rowFolds();
            long cycle = lastRequest(folds, rowFold, columnFold);
            if (cycle >= 0) {
                return fold * folds.cycles() + cycle;
            }
        }
        throw new IllegalStateException("the first pixel of an image is always asked for");
    }

    private long lastRequest(Folds folds, long rowFold, long columnFold) {
        long rowsUsed = folds.rowsUsed(rowFold);
        long columnsUsed = folds.columnsUsed(columnFold);
        var wave = Operand.IFMAP.wave(folds, rowsUsed, columnsUsed);
        long firstRow = rowFold * folds.rows();
        if (!wave.slanted()) {
            long firstColumn = columnFold * folds.columns();
            for (long step = rowsUsed - 1; step >= 0; step--) {
                long row = firstRow + rowsUsed - 1 - step;
                for (long column = 0; column < columnsUsed; column++) {
                    if (inside((int) (firstColumn + column), (int) row)) {
                        return wave.start() + step;
                    }
                }
            }
            return -1;
        }
        boolean lanesArePixels = lanesArePixels(folds);
        for (long diagonal = wave.lanes() + wave.steps() - 2; diagonal >= 0; diagonal--) {
            long from = Math.max(0, diagonal - wave.steps() + 1);
            long to = Math.min(wave.lanes() - 1, diagonal);
            for (long lane = from; lane <= to; lane++) {
                int across = (int) (firstRow + lane);
                int along = (int) (diagonal - lane);
                if (lanesArePixels ? inside(across, along) : inside(along, across)) {
                    return wave.start() + diagonal;
                }
            }
        }
        return -1;
    }

    private static boolean lanesArePixels(Folds folds) {
        return folds.loading() == 0;
    }

    private boolean inside(int pixel, int element) {
        return y(pixel, element) < imageHeight && x(pixel, element) < imageWidth;
    }

    private int y(int pixel, int element) {
        return pixel / columns * window.strideY()
                + element / channels / window.width() * window.dilationY();
    }

    private int x(int pixel, int element) {
        return pixel % columns * window.strideX()
                + element / channels % window.width() * window.dilationX();
    }

    @Override
    public int at(long pixel, long element) {
        return inside((int) pixel, (int) element)
                ? (y((int) pixel, (int) element) * width + x((int) pixel, (int) element)) * channels
                        + (int) element % channels
                : NONE;
    }

    @Override
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** Where the window of each output pixel begins. */
    private int[] pixels() {
        var pixels = new int[rows * columns];
        for (int y = 0, p = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++, p++) {
                pixels[p] = (y * window.strideY() * width + x * window.strideX()) * channels;
            }
        }
        return pixels;
    }

    /** Where each element of a window lies, from its beginning. */
    private int[] elements() {
        var elements = new int[window.height() * window.width() * channels];
        for (int y = 0, q = 0; y < window.height(); y++) {
            for (int x = 0; x < window.width(); x++) {
                int place = (y * window.dilationY() * width + x * window.dilationX()) * channels;
                for (int channel = 0; channel < channels; channel++, q++) {
                    elements[q] = place + channel;
                }
            }
        }
        return elements;
    }

    /**
     * The requests one by one, with nothing kept of them but when each element was last fetched.
     * The stamp of an element is the number of the fill that it belongs to.
     */
    private final class Replay {

        private final Folds folds;
        private final long capacity;
        private final int[] pixels = pixels();
        private final int[] elements = elements();
        private final byte[] stamps;
        private byte stamp = 1;
        private long fills;
        private long fresh;
        private long lastFill = Misses.NEVER;

        /** Lane of the last fill, to tell where in a cycle it was. */
        private int lastLane;

        Replay(Folds folds, long capacity) {
            this.folds = folds;
            this.capacity = capacity;
            this.stamps = new byte[size()];
            for (int y = 0, place = 0; y < height; y++) {
                for (int x = 0; x < width; x++, place += channels) {
                    if (y >= imageHeight || x >= imageWidth) {
                        Arrays.fill(stamps, place, place + channels, NEVER);
                    }
                }
            }
        }

        Misses misses() {
            if (Operand.IFMAP.stays(folds)) {
                stay();
            } else {
                pass();
            }
            return new Misses(fills * capacity + fresh, lastFill);
        }

        private void stay() {
            for (long fold = 0; fold < folds.count(); fold++) {
                long rowFold = fold % folds.rowFolds();
                long columnFold = fold / folds.rowFolds();
                int firstRow = (int) (rowFold * folds.rows());
                int firstColumn = (int) (columnFold * folds.columns());
                int rowsUsed = (int) folds.rowsUsed(rowFold);
                int columnsUsed = (int) folds.columnsUsed(columnFold);
                long cycle = fold * folds.cycles() + folds.rows() - rowsUsed;
                for (int row = firstRow + rowsUsed - 1; row >= firstRow; row--, cycle++) {
                    int element = elements[row];
                    for (int lane = 0; lane < columnsUsed; lane++) {
                        int place = pixels[firstColumn + lane] + element;
                        if (stamps[place] != stamp && stamps[place] != NEVER) {
                            fetch(place, cycle, lane);
                        }
                    }
                }
            }
        }

        /** Each column fold asks for the same again. */
        private void pass() {
            long length = folds.rowFolds() * folds.cycles();
            // Where the last fill of a round ended decides what all later rounds fetch.
            var known = new HashMap<Long, long[]>();
            for (long round = 0; round < folds.columnFolds(); round++) {
                long before = fills;
                round(round * length);
                if (fills == before) {
                    return; // all was remembered, and will be
                }
                long place = (lastFill - round * length) * folds.rows() + lastLane;
                var earlier = known.put(place, new long[] {round, fills});
                if (earlier != null) {
                    long period = round - earlier[0];
                    long repeats = (folds.columnFolds() - 1 - round) / period;
                    round += repeats * period;
                    fills += repeats * (fills - earlier[1]);
                    lastFill += repeats * period * length;
                    known.clear();
                }
            }
        }

        private void round(long start) {
            boolean lanesArePixels = lanesArePixels(folds);
            var lanes = lanesArePixels ? pixels : elements;
            var steps = lanesArePixels ? elements : pixels;
            for (long rowFold = 0; rowFold < folds.rowFolds(); rowFold++) {
                slanted(
                        lanes,
                        (int) (rowFold * folds.rows()),
                        (int) folds.rowsUsed(rowFold),
                        steps,
                        start + rowFold * folds.cycles() + folds.loading());
            }
        }

        private void slanted(int[] lanes, int first, int used, int[] steps, long start) {
            for (int diagonal = 0; diagonal < used + steps.length - 1; diagonal++) {
                int from = Math.max(0, diagonal - steps.length + 1);
                int to = Math.min(used - 1, diagonal);
                for (int lane = from; lane <= to; lane++) {
                    int place = lanes[first + lane] + steps[diagonal - lane];
                    byte last = stamps[place];
                    if (last != stamp && last != NEVER) {
                        fetch(place, start + diagonal, lane);
                    }
                }
            }
        }

        private void fetch(int place, long cycle, int lane) {
            stamps[place] = stamp;
            fresh++;
            if (fresh == capacity) {
                fresh = 0;
                fills++;
                lastFill = cycle;
                lastLane = lane;
                forget();
            }
        }

        private void forget() {
            if (stamp != OLDEST) {
                stamp++;
                return;
            }
            for (int place = 0; place < stamps.length; place++) {
                if (stamps[place] != NEVER) {
                    stamps[place] = 0;
                }
            }
            stamp = 1;
        }
    }
}
