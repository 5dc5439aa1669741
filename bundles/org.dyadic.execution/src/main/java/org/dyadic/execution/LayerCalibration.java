package org.dyadic.execution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;

/**
 * Quantizes one layer: a grid for what it is fed; weights refitted to that, so that it computes
 * what it should; a grid for these weights; and a level for each.
 */
final class LayerCalibration {

    /** Activation samples that a quantizer sees of a layer, at most. */
    private static final int SAMPLES = 1 << 19;

    private static final int INTERVALS = 4096;

    /** Places from which covariances are taken, at most: many more than a layer has inputs. */
    private static final int PLACES = 1 << 16;

    /** Places that do where many scales are compared, at most. */
    private static final int FEW_PLACES = 1 << 14;

    /** Multiplications that a covariance is worth where many scales are compared. */
    private static final long PRODUCTS = 1L << 31;

    /** What a scale of activations is tried to be multiplied with. */
    private static final double[] INPUT_SCALES = {0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15};

    /**
     * Rounding starts from the fitted scale times each of these, as the scale of least error of the
     * weights need not be that of the output.
     */
    private static final double[] SCALES = {0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1};

    private final int index;
    private final Node node;
    private final Patches patches;
    private final LayerPolicy policy;
    private final Recipe recipe;
    private final long seed;
    private final Kernels kernels;
    private final Progress progress;
    private final Tensor trained;

    LayerCalibration(
            int index,
            Node node,
            Patches patches,
            LayerPolicy policy,
            Recipe recipe,
            long seed,
            Kernels kernels,
            Progress progress) {
        this.index = index;
        this.node = node;
        this.patches = patches;
        this.policy = policy;
        this.recipe = recipe;
        this.seed = seed;
        this.kernels = kernels;
        this.progress = progress;
        this.trained = Layers.weights(node);
    }

    /**
     * @param fed the layer's input
     * @param targets what it should compute
     */
    QuantizedLayer run(Results fed, Results targets) {
        var activationsSeen = observe(fed);
        var fitted = policy.activations().fit(activationsSeen);
        var activations =
                recipe.rescale() && fitted instanceof Fit.Quantized quantized
                        ? rescaled(quantized, activationsSeen, fed, targets)
                        : fitted;
        var parts = recipe.needsMoments() ? parts(project(fed, activations), targets) : null;
        var regressions = recipe.needsMoments() ? together(parts) : null;
        var costs =
                recipe.refit() || recipe.compensate() ? costs(regressions, damping(parts)) : null;
        var wanted = recipe.refit() ? refitted(regressions, costs) : trained;
        var weightsSeen =
                recipe.weighted()
                        ? Layers.observe(node.name(), wanted, importance(regressions), seed)
                        : Layers.observe(node.name(), wanted, seed);
        var weights = policy.weights().fit(weightsSeen);
        var held = weights.grid().map(grid -> held(wanted, grid, costs));
        return new QuantizedLayer(
                index,
                weights,
                activations,
                held.orElseGet(() -> HeldWeights.floats(trained)),
                held.isPresent() && recipe.refit()
                        ? biases(held.get().values(), regressions)
                        : Layers.biases(node),
                weightsSeen,
                activationsSeen);
    }

    private Observation observe(Results fed) {
        int size = fed.of(0).length;
        int each = Math.max(1, Math.min(size, SAMPLES / fed.images()));
        var samples = new float[each * fed.images()];
        var channels = new int[samples.length];
        IntStream.range(0, fed.images())
                .parallel()
                .forEach(
                        image -> {
                            float[] values = fed.of(image);
                            // Evenly over the tensor, and from another place in each image, so that
                            // no column of pixels is seen more than others.
                            int start = image % Math.max(1, size / each);
                            for (int i = 0; i < each; i++) {
                                int at = (int) ((long) i * size / each) + start;
                                at = Math.min(at, size - 1);
                                samples[image * each + i] = values[at];
                                channels[image * each + i] = patches.inputChannel(at);
                            }
                        });
        return Observation.ofActivations(
                node.name(),
                recipe.weighted()
                        ? weighted(samples, channels)
                        : Distribution.summarise(samples, INTERVALS),
                seed);
    }

    /** Samples that count by the squares of the weights they are multiplied with. */
    private Distribution weighted(float[] samples, int[] channels) {
        var squares = new double[patches.groups() * patches.inputs()];
        int taps = patches.depth() / patches.inputs();
        for (int i = 0; i < trained.size(); i++) {
            int group = i / patches.depth() / patches.outputs();
            int channel = group * patches.inputs() + i % patches.depth() / taps;
            squares[channel] += (double) trained.at(i) * trained.at(i);
        }
        double floor = importanceFloor(Arrays.stream(squares).average().orElseThrow());
        var values = new double[samples.length];
        var weights = new double[samples.length];
        for (int i = 0; i < samples.length; i++) {
            values[i] = samples[i];
            weights[i] = squares[channels[i]] + floor;
        }
        return Distribution.weighted(values, weights).coarse(INTERVALS);
    }

    /** A hundredth of the mean importance: nothing is to count for nothing. */
    private static double importanceFloor(double mean) {
        return mean > 0 ? 0.01 * mean : 1;
    }

    private static Results project(Results values, Fit on) {
        return values.map(ofImage -> Layers.project(ofImage, on.grid()));
    }

    /**
     * The fit with that scale about its own with which the input tells most of what the layer
     * should compute. The error of the input itself would count a channel that hardly any weight
     * listens to as much as the others.
     */
    private Fit rescaled(Fit.Quantized fit, Observation seen, Results fed, Results targets) {
        var trials =
                Arrays.stream(INPUT_SCALES).mapToObj(factor -> scaled(fit, seen, factor)).toList();
        var explained =
                trials.stream()
                        .mapToDouble(trial -> explained(project(fed, trial), targets))
                        .toArray();
        return trials.get(
                IntStream.range(0, explained.length)
                        .reduce((a, b) -> explained[b] > explained[a] ? b : a)
                        .orElseThrow());
    }

    private static Fit.Quantized scaled(Fit.Quantized fit, Observation seen, double factor) {
        var grid = fit.chosen().withScales(fit.chosen().scale(0) * factor);
        return new Fit.Quantized(grid, seen.squaredError(grid), fit.certificate());
    }

    private double explained(Results inputs, Results targets) {
        long depth = patches.depth();
        int few = (int) Math.max(4 * depth, Math.min(FEW_PLACES, PRODUCTS / (depth * depth)));
        var regressions = regressions(inputs, targets, few);
        return IntStream.range(0, patches.groups())
                .mapToDouble(
                        group ->
                                new LeastSquares(
                                                regressions.get(group).covariance(),
                                                LeastSquares.DAMPING)
                                        .explained(regressions.get(group), rows(trained, group)))
                .sum();
    }

    private List<Regression> regressions(Results inputs, Results targets, int most) {
        return regressions(Places.of(inputs, targets, patches.pixels(), most, seed));
    }

    /** One for each group. */
    private List<Regression> regressions(Places places) {
        return Regression.ofGroups(patches, places, kernels, progress);
    }

    /** Two halves of the images, if one is to validate the other and there are two images. */
    private List<List<Regression>> parts(Results inputs, Results targets) {
        var places = Places.of(inputs, targets, patches.pixels(), PLACES, seed);
        var parts =
                inputs.images() > 1 && inputs.images() <= recipe.validated()
                        ? Stream.of(places.half(0), places.half(1))
                        : Stream.of(places);
        return parts.map(this::regressions).toList();
    }

    private List<Regression> together(List<List<Regression>> parts) {
        return parts.stream()
                .reduce(
                        (one, other) ->
                                IntStream.range(0, patches.groups())
                                        .mapToObj(
                                                group ->
                                                        Regression.together(
                                                                one.get(group), other.get(group)))
                                        .toList())
                .orElseThrow();
    }

    private double damping(List<List<Regression>> parts) {
        Cancelled.check(progress);
        if (parts.size() == 1) {
            return LeastSquares.DAMPING;
        }
        var weights =
                IntStream.range(0, patches.groups())
                        .mapToObj(group -> rows(trained, group))
                        .toList();
        return new CrossValidation(parts.get(0), parts.get(1), weights).damping();
    }

    private List<LeastSquares> costs(List<Regression> regressions, double damping) {
        return regressions.parallelStream()
                .map(
                        regression -> {
                            Cancelled.check(progress);
                            return new LeastSquares(regression.covariance(), damping);
                        })
                .toList();
    }

    private Tensor refitted(List<Regression> regressions, List<LeastSquares> costs) {
        var refitted = new float[trained.size()];
        for (int group = 0; group < patches.groups(); group++) {
            int first = group * patches.outputs();
            double[][] solved =
                    costs.get(group).solve(regressions.get(group), rows(trained, group));
            for (int output = 0; output < solved.length; output++) {
                int from = (first + output) * patches.depth();
                for (int k = 0; k < patches.depth(); k++) {
                    refitted[from + k] = (float) solved[output][k];
                }
            }
        }
        return Tensor.of(trained.shape(), refitted);
    }

    /** The weights of the output channels of a group. */
    private double[][] rows(Tensor weights, int group) {
        int first = group * patches.outputs();
        return IntStream.range(first, first + patches.outputs())
                .mapToObj(channel -> row(weights, channel))
                .toArray(double[][]::new);
    }

    /** The weights of one output channel. */
    private double[] row(Tensor weights, int channel) {
        int from = channel * patches.depth();
        return IntStream.range(from, from + patches.depth()).mapToDouble(weights::at).toArray();
    }

    /**
     * For each weight the mean square of what it multiplies; weights of an input that was always
     * zero are not to become anything.
     */
    private double[] importance(List<Regression> regressions) {
        double[][] powers =
                regressions.stream()
                        .map(
                                regression ->
                                        IntStream.range(0, patches.depth())
                                                .mapToDouble(regression::power)
                                                .toArray())
                        .toArray(double[][]::new);
        double mean = Arrays.stream(powers).flatMapToDouble(Arrays::stream).average().orElseThrow();
        double floor = importanceFloor(mean);
        return IntStream.range(0, trained.size())
                .mapToDouble(
                        i -> {
                            int group = i / patches.depth() / patches.outputs();
                            return powers[group][i % patches.depth()] + floor;
                        })
                .toArray();
    }

    private HeldWeights held(Tensor wanted, Grid grid, List<LeastSquares> costs) {
        if (!recipe.compensate()) {
            return HeldWeights.nearest(wanted, grid);
        }
        var roundings =
                costs.parallelStream()
                        .map(cost -> new WeightRounding(grid, cost, progress))
                        .toList();
        var tried =
                IntStream.range(0, patches.groups() * patches.outputs())
                        .parallel()
                        .mapToObj(
                                channel ->
                                        roundings
                                                .get(channel / patches.outputs())
                                                .round(
                                                        row(wanted, channel),
                                                        scales(grid.scale(channel)),
                                                        grid.perChannel()))
                        .toList();
        var best = grid.perChannel() ? bestOfEach(tried) : bestOfAll(tried);
        double[] scales =
                best.stream()
                        .limit(grid.scales().length)
                        .mapToDouble(WeightRounding.Row::scale)
                        .toArray();
        return HeldWeights.of(wanted.shape(), grid.withScales(scales), levels(best));
    }

    private static double[] scales(double fitted) {
        return Arrays.stream(SCALES).map(factor -> fitted * factor).toArray();
    }

    /**
     * @param tried for each channel, a row for each scale
     */
    private static List<WeightRounding.Row> bestOfEach(List<List<WeightRounding.Row>> tried) {
        return tried.stream()
                .map(
                        rows ->
                                rows.stream()
                                        .min(Comparator.comparingDouble(WeightRounding.Row::error))
                                        .orElseThrow())
                .toList();
    }

    /** All channels at the one scale that costs least in all. */
    private static List<WeightRounding.Row> bestOfAll(List<List<WeightRounding.Row>> tried) {
        int best =
                IntStream.range(0, SCALES.length)
                        .boxed()
                        .min(
                                Comparator.comparingDouble(
                                        i ->
                                                tried.stream()
                                                        .mapToDouble(rows -> rows.get(i).error())
                                                        .sum()))
                        .orElseThrow();
        return tried.stream().map(rows -> rows.get(best)).toList();
    }

    private static int[] levels(List<WeightRounding.Row> rows) {
        return rows.stream().flatMapToInt(row -> Arrays.stream(row.levels())).toArray();
    }

    /** With these the mean of each channel is what it should be. */
    private List<Float> biases(Tensor held, List<Regression> regressions) {
        return IntStream.range(0, patches.groups() * patches.outputs())
                .mapToObj(
                        channel ->
                                (float)
                                        regressions
                                                .get(channel / patches.outputs())
                                                .bias(
                                                        channel % patches.outputs(),
                                                        row(held, channel)))
                .toList();
    }
}
