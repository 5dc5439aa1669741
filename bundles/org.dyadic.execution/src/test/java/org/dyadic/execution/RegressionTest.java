package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a layer multiplies with its weights, and the moments of that. */
class RegressionTest {

    private static final int IMAGES = 5;

    record Case(String name, Node layer, Shape input) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> layers() {
        var random = new SplittableRandom(1);
        var uneven = new Window(3, 2, 2, 1, 1, 2, 0, 1, 2, 3);
        return Stream.of(
                convolution("3x3", random, 6, 4, 1, Window.square(3, 1, 1), Shape.of(4, 7, 6)),
                convolution("uneven", random, 6, 2, 2, uneven, Shape.of(4, 9, 8)),
                convolution(
                        "depthwise", random, 4, 1, 4, Window.square(3, 2, 1), Shape.of(4, 8, 8)),
                new Case(
                        "dense",
                        new Node(
                                "layer",
                                new Operation.Dense(
                                        Examples.tensor(random, 5, 12), Optional.empty()),
                                List.of(0),
                                Shape.of(5)),
                        Shape.of(12)),
                new Case(
                        "dense over rows",
                        new Node(
                                "layer",
                                new Operation.Dense(
                                        Examples.tensor(random, 5, 12), Optional.empty()),
                                List.of(0),
                                Shape.of(3, 5)),
                        Shape.of(3, 12)));
    }

    private static Case convolution(
            String name,
            SplittableRandom random,
            int outputs,
            int inputs,
            int groups,
            Window window,
            Shape input) {
        int height = window.rows(input.extent(1));
        int width = window.columns(input.extent(2));
        return new Case(
                name,
                new Node(
                        "layer",
                        Examples.convolution(random, outputs, inputs, groups, window),
                        List.of(0),
                        Shape.of(outputs, height, width)),
                input);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void weightsTimesPatchesAreTheLayer(Case layer) {
        var node = layer.layer();
        var patches = new Patches(node, layer.input());
        float[] image = Examples.floats(new SplittableRandom(2), layer.input().size(), 1);
        float[] expected = network(layer).run(image);
        var weights = Layers.weights(node);
        var row = new float[patches.depth()];
        for (int group = 0; group < patches.groups(); group++) {
            for (int pixel = 0; pixel < patches.pixels(); pixel++) {
                patches.gather(image, group, pixel, row);
                for (int output = 0; output < patches.outputs(); output++) {
                    int channel = group * patches.outputs() + output;
                    double sum = Layers.biases(node).get(channel);
                    for (int k = 0; k < row.length; k++) {
                        sum += weights.at(channel * row.length + k) * (double) row[k];
                    }
                    assertThat((double) expected[patches.result(channel, pixel)])
                            .isCloseTo(sum, within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyElementOfTheInputIsMetAsItsChannel(Case layer) {
        var patches = new Patches(layer.layer(), layer.input());
        int taps = patches.depth() / patches.inputs();
        var row = new float[patches.depth()];
        for (int element = 0; element < layer.input().size(); element++) {
            var image = new float[layer.input().size()];
            image[element] = 1;
            for (int group = 0; group < patches.groups(); group++) {
                for (int pixel = 0; pixel < patches.pixels(); pixel++) {
                    patches.gather(image, group, pixel, row);
                    for (int k = 0; k < row.length; k++) {
                        if (row[k] != 0) {
                            assertThat(group * patches.inputs() + k / taps)
                                    .isEqualTo(patches.inputChannel(element));
                        }
                    }
                }
            }
        }
    }

    private static FloatNetwork network(Case layer) {
        return new FloatNetwork(
                Examples.chain(
                        layer.input(),
                        List.of(layer.layer().operation()),
                        List.of(layer.layer().shape())));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void momentsAreThoseOfTheirDefinition(Case layer) {
        var patches = new Patches(layer.layer(), layer.input());
        var places = places(layer, patches);
        var regressions = regressions(patches, places);
        for (int group = 0; group < patches.groups(); group++) {
            var regression = regressions.get(group);
            var rows = new ArrayList<float[]>();
            for (int place = 0; place < places.count(); place++) {
                var row = new float[patches.depth()];
                float[] input = places.inputs().of(places.image()[place]);
                patches.gather(input, group, places.pixel()[place], row);
                rows.add(row);
            }
            for (int a = 0; a < patches.depth(); a++) {
                for (int b = 0; b < patches.depth(); b++) {
                    int first = a;
                    int second = b;
                    assertThat(regression.covariance()[a][b])
                            .isCloseTo(
                                    covariance(
                                            rows.stream().mapToDouble(row -> row[first]).toArray(),
                                            rows.stream()
                                                    .mapToDouble(row -> row[second])
                                                    .toArray()),
                                    within(1e-6));
                }
            }
            for (int output = 0; output < patches.outputs(); output++) {
                int channel = group * patches.outputs() + output;
                double[] targets =
                        IntStream.range(0, places.count())
                                .mapToDouble(
                                        place ->
                                                places.targets()
                                                        .of(places.image()[place])[
                                                        patches.result(
                                                                channel, places.pixel()[place])])
                                .toArray();
                for (int k = 0; k < patches.depth(); k++) {
                    int input = k;
                    assertThat(regression.cross(output, k))
                            .isCloseTo(
                                    covariance(
                                            targets,
                                            rows.stream().mapToDouble(row -> row[input]).toArray()),
                                    within(1e-6));
                }
                // Without weights, the bias alone makes the mean.
                assertThat(regression.bias(output, new double[patches.depth()]))
                        .isCloseTo(
                                IntStream.range(0, targets.length)
                                        .mapToDouble(i -> targets[i])
                                        .average()
                                        .orElseThrow(),
                                within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void twoHalvesTogetherAreTheWhole(Case layer) {
        var patches = new Patches(layer.layer(), layer.input());
        var places = places(layer, patches);
        var whole = regressions(patches, places).get(0);
        var halves =
                Stream.of(places.half(0), places.half(1))
                        .map(half -> regressions(patches, half).get(0))
                        .toList();
        assertThat(places.half(0).count()).isGreaterThan(places.half(1).count()); // 3 images and 2
        var both = Regression.together(halves.get(0), halves.get(1));
        for (int k = 0; k < patches.depth(); k++) {
            assertThat(both.covariance()[k]).containsExactly(whole.covariance()[k], within(1e-6));
            assertThat(both.power(k)).isCloseTo(whole.power(k), within(1e-6));
            for (int output = 0; output < patches.outputs(); output++) {
                assertThat(both.cross(output, k)).isCloseTo(whole.cross(output, k), within(1e-6));
            }
        }
        var none = new double[patches.depth()];
        assertThat(both.bias(0, none)).isCloseTo(whole.bias(0, none), within(1e-6));
    }

    private static List<Regression> regressions(Patches patches, Places places) {
        return Regression.ofGroups(patches, places, Kernels.scalar(), Progress.silent());
    }

    private static Places places(Case layer, Patches patches) {
        var random = new SplittableRandom(3);
        var inputs = new float[IMAGES][];
        var targets = new float[IMAGES][];
        for (int image = 0; image < IMAGES; image++) {
            inputs[image] = Examples.floats(random, layer.input().size(), 1);
            targets[image] = Examples.floats(random, layer.layer().shape().size(), 1);
        }
        return Places.of(Results.of(inputs), Results.of(targets), patches.pixels(), 10_000, 1);
    }

    private static double covariance(double[] a, double[] b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i] / a.length;
            first += a[i] / a.length;
            second += b[i] / a.length;
        }
        return product - first * second;
    }

    @Test
    void momentsDoNotDependOnTheNumberOfThreads() throws Exception {
        var layer = layers().findFirst().orElseThrow();
        var patches = new Patches(layer.layer(), layer.input());
        var places = places(layer, patches);
        var here = regressions(patches, places).get(0);
        for (int threads : new int[] {1, 3}) {
            var pool = new ForkJoinPool(threads);
            var there = pool.submit(() -> regressions(patches, places).get(0)).get();
            assertThat(there.covariance()).isDeepEqualTo(here.covariance());
            pool.shutdown();
        }
    }

    @Test
    void fewPlacesAreSpreadOverEachImage() {
        var none = Results.of(new float[4][]);
        var places = Places.of(none, none, 100, 40, 7);
        assertThat(places.count()).isEqualTo(40);
        for (int image = 0; image < 4; image++) {
            int which = image;
            int[] pixels =
                    IntStream.range(0, 40)
                            .filter(place -> places.image()[place] == which)
                            .map(place -> places.pixel()[place])
                            .sorted()
                            .toArray();
            assertThat(pixels).hasSize(10);
            for (int i = 1; i < pixels.length; i++) {
                assertThat(pixels[i] - pixels[i - 1]).isEqualTo(10);
            }
        }
    }

    /** Each image is fetched once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void tilesAreThePlacesInOrder(int size) {
        int count = 50;
        var fetched = new AtomicIntegerArray(count);
        var results =
                new Results(
                        count,
                        image -> {
                            fetched.incrementAndGet(image);
                            return new float[] {image};
                        });
        var places = Places.of(results, results.map(float[]::clone), 5, 3 * count, 7);
        var seen = new ArrayList<Integer>();
        places.eachTile(
                size,
                tile -> {
                    assertThat(tile.count())
                            .isEqualTo(Math.min(size, places.count() - seen.size()));
                    for (int i = 0; i < tile.count(); i++) {
                        int place = seen.size();
                        assertThat(tile.inputs()[i]).containsExactly(places.image()[place]);
                        assertThat(tile.targets()[i]).containsExactly(places.image()[place]);
                        assertThat(tile.pixel()[i]).isEqualTo(places.pixel()[place]);
                        seen.add(place);
                    }
                });
        assertThat(seen).hasSize(3 * count);
        for (int image = 0; image < count; image++) {
            assertThat(fetched.get(image)).isEqualTo(2); // once as input, once as target
        }
    }

    @Test
    void everySecondImageIsAHalf() {
        var results = Results.of(new float[][] {{0}, {1}, {2}});
        assertThat(results.half(0).images()).isEqualTo(2);
        assertThat(results.half(0).of(1)).containsExactly(2);
        assertThat(results.half(1).images()).isEqualTo(1);
        assertThat(results.half(1).of(0)).containsExactly(1);
    }
}
