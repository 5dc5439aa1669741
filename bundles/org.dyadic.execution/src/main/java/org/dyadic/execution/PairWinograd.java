package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dyadic.kernels.PairKernels;

/**
 * The sums of 3 x 3 windows in 16 products for four pixels instead of 36: F(2 x 2, 3 x 3) of
 * Winograd (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section
 * 4.1). Weights are transformed by twice the matrix G, which keeps them integers, so what comes out
 * is four times the sum; in 16 bits that wrap it is exact if the sum itself fits 14. Input channels
 * are taken in blocks for which the weights prove that.
 */
final class PairWinograd implements PairSums {

    /** With fewer channels, or fewer in a block, transforming takes as long as it saves. */
    private static final int WORTHWHILE = 16;

    /** Ints of the transformed input of a chunk: 256 KiB, for a cache of the second level. */
    private static final int ELEMENTS = 1 << 16;

    /** Ints between the places, which a cache would hold in one set if they lay 4 KiB apart. */
    private static final int APART = PairKernels.ROUND;

    private final PairKernels kernels;
    private final int inputs; // ints of a pixel
    private final int outputs; // rounded
    private final int height;
    private final int width;
    private final int line;
    private final List<Integer> blocks;
    private final PairMatrix[] matrices; // for each of the 16 places
    private final int[] tiles;
    private final int[] places;
    private final int[] pixels;

    private PairWinograd(
            PairKernels kernels,
            Multiplication layer,
            PairCodes codes,
            int pairs,
            List<Integer> blocks,
            int[][] byOutput) {
        this.kernels = kernels;
        this.inputs = codes.tap(0, 1);
        this.outputs = PairKernels.rounded(byOutput.length);
        this.height = layer.output().extent(1);
        this.width = layer.output().extent(2);
        this.line = codes.tap(1, 0);
        this.blocks = blocks;
        int channels = layer.input().extent(0);
        int[] taps = IntStream.range(0, channels).toArray();
        this.matrices = new PairMatrix[16];
        for (int place = 0; place < 16; place++) {
            matrices[place] = new PairMatrix(kernels, taps, transformed(byOutput, channels, place));
        }
        int across = (width + 1) / 2;
        int down = (height + 1) / 2;
        this.tiles = new int[pairs * down * across];
        this.places = new int[4 * tiles.length];
        int at = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (int y = 0; y < height; y += 2) {
                for (int x = 0; x < width; x += 2, at++) {
                    tiles[at] = codes.at(pair, y, x);
                    for (int corner = 0; corner < 4; corner++) {
                        int ownY = y + corner / 2;
                        int ownX = x + corner % 2;
                        places[4 * at + corner] =
                                ownY < height && ownX < width
                                        ? ((pair * height + ownY) * width + ownX) * outputs
                                        : -1;
                    }
                }
            }
        }
        this.pixels = new int[tiles.length];
        Arrays.setAll(pixels, tile -> tile * inputs);
    }

    /** Whether a window is one of these; its input needs room for a whole last tile. */
    static boolean suits(Multiplication layer) {
        var w = layer.window();
        return Math.max(w.strideY(), w.strideX()) == 1
                && Math.max(w.dilationY(), w.dilationX()) == 1
                && w.height() == 3
                && w.width() == 3
                && layer.groups() == 1
                && layer.input().extent(0) >= WORTHWHILE
                && layer.output().extent(0) >= WORTHWHILE;
    }

    /**
     * Empty if the sums do not fit.
     *
     * @param weights {@code [output][tap]}, the window's places first and the channels last
     */
    static Optional<PairWinograd> of(
            PairKernels kernels,
            Multiplication layer,
            PairCodes codes,
            int pairs,
            int[][] weights,
            int least,
            int most) {
        int channels = layer.input().extent(0);
        var bounds = new SumBounds(weights, least, most);
        return bounds.blocks(
                        channels,
                        channel -> {
                            for (int place = 0; place < 9; place++) {
                                bounds.add(place * channels + channel);
                            }
                        },
                        () -> bounds.fitShorts(4))
                .filter(blocks -> blocks.size() * WORTHWHILE <= channels)
                .map(blocks -> new PairWinograd(kernels, layer, codes, pairs, blocks, weights));
    }

    /** Of each output and input channel, one place of 2G x weights x 2G transposed. */
    private static int[][] transformed(int[][] weights, int channels, int place) {
        int[][] g = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, 2}};
        int[] down = g[place / 4];
        int[] across = g[place % 4];
        var transformed = new int[weights.length][channels];
        for (int output = 0; output < weights.length; output++) {
            for (int channel = 0; channel < channels; channel++) {
                int sum = 0;
                for (int dy = 0; dy < 3; dy++) {
                    for (int dx = 0; dx < 3; dx++) {
                        sum +=
                                down[dy]
                                        * across[dx]
                                        * weights[output][(3 * dy + dx) * channels + channel];
                    }
                }
                transformed[output][channel] = sum;
            }
        }
        return transformed;
    }

    String describe() {
        return blocks.size() == 1
                ? "int16 Winograd"
                : "int16 Winograd in blocks of "
                        + blocks.get(blocks.size() - 1) / blocks.size()
                        + " channels";
    }

    /** The pixels of two rows. */
    @Override
    public int least() {
        return 2 * width;
    }

    /** Whole rows of tiles: from the first pixel of one to the last of another. */
    @Override
    public int chunk(int first, int total, int most) {
        int across = (width + 1) / 2;
        int rows = Math.max(1, ELEMENTS / (16 * Math.max(inputs, outputs) * across));
        int at = first;
        for (int row = 0; row < rows && at < total; row++) {
            int y = at / width % height;
            int next = at + width * Math.min(2, height - y);
            if (row > 0 && next - first > most) {
                break;
            }
            at = next;
        }
        return at - first;
    }

    @Override
    public void form(
            Object codes, int pairs, int first, int count, boolean alone, Scratch scratch) {
        int[] sums = scratch.sums();
        var arena = scratch.arena();
        Arrays.fill(sums, 0, count * outputs, 0);
        int from = tile(first);
        int tiled = tile(first + count) - from;
        int step = tiled * inputs + APART;
        int[] transformed = arena.ints(16 * step);
        kernels.toTiles((int[]) codes, tiles, from, tiled, line, inputs, transformed, step);
        int apart = tiled * outputs + APART;
        int[] products = arena.ints(16 * apart);
        int begin = 0;
        for (int end : blocks) {
            for (int place = 0; place < 16; place++) {
                matrices[place].multiply(
                        transformed,
                        place * step,
                        pixels,
                        0,
                        tiled,
                        begin,
                        end,
                        alone,
                        products,
                        place * apart,
                        arena);
            }
            kernels.fromTiles(products, apart, tiled, outputs, places, from, first * outputs, sums);
            begin = end;
        }
        arena.release(products);
        arena.release(transformed);
    }

    /** The tile that begins at a pixel, or would. */
    private int tile(int pixel) {
        int across = (width + 1) / 2;
        int down = (height + 1) / 2;
        int pair = pixel / (height * width);
        int y = pixel % (height * width) / width;
        return (pair * down + (y + 1) / 2) * across;
    }
}
