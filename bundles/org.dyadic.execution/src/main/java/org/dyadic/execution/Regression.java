package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;

/**
 * Means and covariances of what a group of a layer multiplies with its weights and of what it
 * should compute. From these follow the weights of least squared error, and what any others cost.
 */
final class Regression {

    /** Places taken up at once: enough that a matrix product pays. */
    private static final int TILE = 512;

    /** Rows of the covariance that one task works on. */
    private static final int BLOCK = 48;

    private final Patches patches;
    private final int group;
    private final Kernels kernels;
    private final int depth;
    private final int outputs;
    private final int count;
    private final double[] inputMean;
    private final double[] targetMean;
    private final double[][] covariance;
    private final double[][] cross;

    private Regression(Patches patches, int group, int count, Kernels kernels) {
        this.patches = patches;
        this.group = group;
        this.count = count;
        this.kernels = kernels;
        this.depth = patches.depth();
        this.outputs = patches.outputs();
        this.inputMean = new double[depth];
        this.targetMean = new double[outputs];
        this.covariance = new double[depth][depth];
        this.cross = new double[outputs][depth];
    }

    /** Of each group of a layer, over all places; the same on any number of threads. */
    static List<Regression> ofGroups(
            Patches patches, Places places, Kernels kernels, Progress progress) {
        var regressions =
                IntStream.range(0, patches.groups())
                        .mapToObj(group -> new Regression(patches, group, places.count(), kernels))
                        .toList();
        var sums = regressions.stream().map(regression -> regression.new Sums()).toList();
        places.eachTile(
                TILE,
                tile -> {
                    Cancelled.check(progress);
                    sums.parallelStream().forEach(sum -> sum.add(tile));
                });
        regressions.parallelStream().forEach(Regression::centre);
        return regressions;
    }

    /** Of the places of two regressions of one group. */
    static Regression together(Regression one, Regression other) {
        var both = new Regression(one.patches, one.group, one.count + other.count, one.kernels);
        for (var part : List.of(one, other)) {
            double share = (double) part.count / both.count;
            for (int r = 0; r < both.depth; r++) {
                both.inputMean[r] += share * part.inputMean[r];
                part.addRaw(both.covariance[r], part.covariance[r], part.inputMean[r], share);
            }
            for (int r = 0; r < both.outputs; r++) {
                both.targetMean[r] += share * part.targetMean[r];
                part.addRaw(both.cross[r], part.cross[r], part.targetMean[r], share);
            }
        }
        both.centre(both.covariance, both.inputMean);
        both.centre(both.cross, both.targetMean);
        return both;
    }

    /** Adds a share of mean products, as they were before the means were taken off. */
    private void addRaw(double[] into, double[] centred, double mean, double share) {
        for (int k = 0; k < depth; k++) {
            into[k] += share * (centred[k] + mean * inputMean[k]);
        }
    }

    /** Adds places to a regression; what it works in is needed only until all are there. */
    private final class Sums {

        private final float[][] rows = new float[TILE][depth];
        private final float[] inputs = new float[depth * TILE];
        private final float[] targets = new float[outputs * TILE];

        void add(Places.Tile tile) {
            IntStream.range(0, TILE).parallel().forEach(place -> gather(tile, place));
            int blocks = (depth + BLOCK - 1) / BLOCK;
            IntStream.rangeClosed(0, blocks)
                    .parallel()
                    .forEach(
                            block -> {
                                if (block == blocks) {
                                    add(targets, 0, outputs, targetMean, cross);
                                } else {
                                    int row = block * BLOCK;
                                    int count = Math.min(BLOCK, depth - row);
                                    transpose(row, count);
                                    add(inputs, row, count, inputMean, covariance);
                                }
                            });
        }

        /** What the last tile has too few of is zeros, which add nothing to any sum. */
        private void gather(Places.Tile tile, int place) {
            boolean there = place < tile.count();
            if (there) {
                patches.gather(tile.inputs()[place], group, tile.pixel()[place], rows[place]);
            } else {
                Arrays.fill(rows[place], 0);
            }
            for (int output = 0; output < outputs; output++) {
                int channel = group * outputs + output;
                targets[output * TILE + place] =
                        there
                                ? tile.targets()[place][
                                        patches.result(channel, tile.pixel()[place])]
                                : 0;
            }
        }

        private void transpose(int from, int count) {
            for (int i = 0; i < TILE; i++) {
                for (int k = from; k < from + count; k++) {
                    inputs[k * TILE + i] = rows[i][k];
                }
            }
        }

        /** Adds sums of {@code left} and products with all inputs to some rows of the results. */
        private void add(float[] left, int from, int count, double[] sums, double[][] products) {
            var product = new float[count][depth];
            kernels.multiply(left, from * TILE, count, TILE, rows, depth, product);
            for (int r = 0; r < count; r++) {
                double sum = 0;
                for (int i = (from + r) * TILE; i < (from + r + 1) * TILE; i++) {
                    sum += left[i];
                }
                sums[from + r] += sum;
                double[] into = products[from + r];
                for (int k = 0; k < depth; k++) {
                    into[k] += product[r][k];
                }
            }
        }
    }

    private void centre() {
        mean(inputMean);
        mean(targetMean);
        for (var products : List.of(covariance, cross)) {
            for (double[] row : products) {
                mean(row);
            }
        }
        centre(covariance, inputMean);
        centre(cross, targetMean);
    }

    private void mean(double[] sums) {
        Arrays.setAll(sums, i -> sums[i] / count);
    }

    private void centre(double[][] products, double[] means) {
        for (int r = 0; r < products.length; r++) {
            for (int k = 0; k < depth; k++) {
                products[r][k] -= means[r] * inputMean[k];
            }
        }
    }

    /** Covariance of the inputs; the rows are not to be written into. */
    double[][] covariance() {
        return covariance;
    }

    /** Covariance of an output with the inputs. */
    double cross(int output, int k) {
        return cross[output][k];
    }

    /** The mean square of an input. */
    double power(int k) {
        return Math.max(0, covariance[k][k]) + inputMean[k] * inputMean[k];
    }

    /**
     * How much of the variance of the targets some weights explain, summed over the outputs;
     * negative if they do harm.
     *
     * @param weights a row for each output
     */
    double explained(double[][] weights) {
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            double[] w = weights[output];
            for (int k = 0; k < depth; k++) {
                double held = 0;
                double[] row = covariance[k];
                for (int j = 0; j < depth; j++) {
                    held += row[j] * w[j];
                }
                sum += w[k] * (2 * cross[output][k] - held);
            }
        }
        return sum;
    }

    /** The bias with which an output of such weights has the mean it should have. */
    double bias(int output, double[] weights) {
        double mean = 0;
        for (int k = 0; k < depth; k++) {
            mean += weights[k] * inputMean[k];
        }
        return targetMean[output] - mean;
    }
}
