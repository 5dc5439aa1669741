package org.dyadic.execution;

import static org.dyadic.execution.PairLayout.pair;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a node that is no layer does to a pair of images, both halves of each int at once: the
 * step's own arithmetic, on elements that lie as pairs do.
 */
interface PairStep {

    /**
     * @param inputs the tensors read
     * @param from where the pair begins in each
     * @param result takes the pair from {@code at} on
     */
    void run(int[][] inputs, int[] from, int[] result, int at);

    /** Empty if the step must run as it is defined. */
    static Optional<PairStep> of(Step step, List<PairLayout> inputs, PairLayout result) {
        if (step instanceof Steps.Pick pick) {
            return Optional.of(
                    gather(result.size(), result.places(), inputs.get(0).at(pick.from()), 0));
        } else if (step instanceof Steps.Same) {
            return Optional.of(gather(result.size(), result.places(), inputs.get(0).places(), 0));
        } else if (step instanceof Steps.Border border) {
            return Optional.of(
                    gather(
                            result.size(),
                            result.at(border.to()),
                            inputs.get(0).places(),
                            pair(border.value(), border.value())));
        } else if (step instanceof Steps.Join join) {
            return Optional.of(join(join, inputs, result));
        } else if (step instanceof Steps.Mean mean) {
            return Optional.of(mean(mean, inputs.get(0), result));
        } else if (step instanceof Steps.Product product) {
            return Optional.of(product(product, inputs, result));
        } else if (step instanceof Steps.Sum sum) {
            return Optional.of(sum(sum, inputs, result));
        } else if (step instanceof Steps.Affine affine) {
            return Optional.of(affine(affine, inputs.get(0), result));
        }
        return Optional.empty();
    }

    /** Elements from one place to another, and a number where none goes. */
    private static PairStep gather(int size, int[] to, int[] from, int border) {
        var source = new int[size];
        Arrays.fill(source, -1);
        for (int i = 0; i < to.length; i++) {
            source[to[i]] = from[i];
        }
        int[] begins = begins(source);
        return (inputs, begin, result, at) -> {
            for (int i = 0; i < begins.length; i++) {
                int first = begins[i];
                int end = i + 1 < begins.length ? begins[i + 1] : size;
                if (source[first] < 0) {
                    Arrays.fill(result, at + first, at + end, border);
                } else {
                    System.arraycopy(
                            inputs[0], begin[0] + source[first], result, at + first, end - first);
                }
            }
        };
    }

    /** Where elements begin that come from places side by side, or from none. */
    private static int[] begins(int[] source) {
        return IntStream.range(0, source.length)
                .filter(
                        i ->
                                i == 0
                                        || (source[i] < 0) != (source[i - 1] < 0)
                                        || source[i] >= 0 && source[i] != source[i - 1] + 1)
                .toArray();
    }

    private static PairStep join(Steps.Join join, List<PairLayout> inputs, PairLayout result) {
        var from = new int[inputs.size()][];
        var to = new int[inputs.size()][];
        for (int input = 0; input < from.length; input++) {
            from[input] = inputs.get(input).places();
            to[input] = result.at(join.to(input));
        }
        return (given, begin, joined, at) -> {
            for (int input = 0; input < from.length; input++) {
                var factor = join.factor(input).orElse(null);
                for (int i = 0; i < from[input].length; i++) {
                    int x = given[input][begin[input] + from[input][i]];
                    if (factor != null) {
                        x =
                                pair(
                                        Wide.saturate(factor.apply((short) x)),
                                        Wide.saturate(factor.apply(x >> 16)));
                    }
                    joined[at + to[input][i]] = x;
                }
            }
        };
    }

    private static PairStep mean(Steps.Mean mean, PairLayout input, PairLayout result) {
        int[] from = input.places();
        int[] into = mean.to();
        int[] to = result.places();
        boolean ofChannels =
                input.pixels() <= 1 << 16
                        && IntStream.range(0, into.length)
                                .allMatch(i -> into[i] == i / input.pixels());
        if (ofChannels) {
            return (given, begin, means, at) -> {
                var low = new int[to.length];
                var high = new int[to.length];
                for (int pixel = 0; pixel < input.pixels(); pixel++) {
                    add(given[0], begin[0] + pixel * input.stride(), low, high);
                }
                for (int i = 0; i < to.length; i++) {
                    means[at + to[i]] =
                            pair(
                                    Wide.saturate(mean.scale().apply(low[i])),
                                    Wide.saturate(mean.scale().apply(high[i])));
                }
            };
        }
        return (given, begin, means, at) -> {
            var low = new long[to.length];
            var high = new long[to.length];
            for (int i = 0; i < from.length; i++) {
                int x = given[0][begin[0] + from[i]];
                low[into[i]] += (short) x;
                high[into[i]] += x >> 16;
            }
            for (int i = 0; i < to.length; i++) {
                means[at + to[i]] =
                        pair(
                                Wide.saturate(mean.scale().apply(low[i])),
                                Wide.saturate(mean.scale().apply(high[i])));
            }
        };
    }

    /** A loop that the compiler makes vectors of. */
    private static void add(int[] pairs, int from, int[] low, int[] high) {
        for (int i = 0; i < low.length; i++) {
            low[i] += (pairs[from + i] << 16) >> 16;
            high[i] += pairs[from + i] >> 16;
        }
    }

    private static PairStep product(
            Steps.Product product, List<PairLayout> inputs, PairLayout result) {
        int[] to = result.places();
        int[] first = inputs.get(0).at(product.places(0));
        int[] second = inputs.get(1).at(product.places(1));
        return (given, begin, products, at) -> {
            for (int i = 0; i < to.length; i++) {
                int x = given[0][begin[0] + first[i]];
                int y = given[1][begin[1] + second[i]];
                long low = (long) (short) x * (short) y;
                long high = (long) (x >> 16) * (y >> 16);
                products[at + to[i]] =
                        pair(
                                Wide.saturate(product.scale().apply(low)),
                                Wide.saturate(product.scale().apply(high)));
            }
        };
    }

    private static PairStep sum(Steps.Sum sum, List<PairLayout> inputs, PairLayout result) {
        int[] to = result.places();
        int[][] from =
                IntStream.range(0, inputs.size())
                        .mapToObj(input -> inputs.get(input).at(sum.places(input)))
                        .toArray(int[][]::new);
        long[] multipliers = sum.multipliers();
        return (given, begin, sums, at) -> {
            for (int i = 0; i < to.length; i++) {
                long low = 0;
                long high = 0;
                for (int input = 0; input < from.length; input++) {
                    int x = given[input][begin[input] + from[input][i]];
                    low += (short) x * multipliers[input];
                    high += (x >> 16) * multipliers[input];
                }
                sums[at + to[i]] =
                        pair(
                                Wide.saturate(sum.rounding().shift(low, sum.shift())),
                                Wide.saturate(sum.rounding().shift(high, sum.shift())));
            }
        };
    }

    private static PairStep affine(Steps.Affine affine, PairLayout input, PairLayout result) {
        int[] from = input.places();
        int[] to = result.places();
        int[] signs = affine.signs();
        long[] addends = affine.addends();
        var factors = affine.factors();
        int plane = from.length / signs.length;
        return (given, begin, results, at) -> {
            for (int i = 0; i < from.length; i++) {
                int c = i / plane;
                int x = given[0][begin[0] + from[i]];
                var factor = factors.get(c);
                results[at + to[i]] =
                        pair(
                                Wide.saturate(
                                        factor.apply((long) signs[c] * (short) x, addends[c])),
                                Wide.saturate(
                                        factor.apply((long) signs[c] * (x >> 16), addends[c])));
            }
        };
    }
}
