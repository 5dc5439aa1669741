package org.dyadic.workbench.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.Expectation;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.Progress;
import org.dyadic.backends.SystolicArray;
import org.dyadic.backends.UpotArray;
import org.dyadic.costs.GateTable;
import org.dyadic.kernels.KernelChoice;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatEngines;
import org.dyadic.quantizers.FloatQuantizer;
import org.dyadic.quantizers.UniformQuantizer;
import org.dyadic.quantizers.UpotQuantizer;
import org.dyadic.simulators.AnalyticSimulator;
import org.dyadic.workbench.log.Journal;
import org.dyadic.workbench.report.JsonReport;

/** A workbench without a framework: real plugins, a network and images made up on the spot. */
final class Bench {

    static final Position HERE = new Position("test.dyadic", 7, 3, 1);

    final PluginCatalog catalog = new PluginCatalog();
    final Journal journal = new Journal();
    final DyadicWorkbench workbench =
            new DyadicWorkbench(
                    catalog,
                    KernelChoice.of(Kernels.scalar()),
                    FloatEngines.of(Kernels.scalar()),
                    journal);
    Network network = network(true);
    List<PolicyUse> policies;
    List<AcceleratorUse> accelerators;
    List<Expectation> expectations = List.of();
    Settings normalisation = NetworkUse.PARAMETERS.defaults();
    int images = 40;
    int highestLabel = 3;
    Shape imageShape = Shape.of(1, 6, 6);
    final Map<Path, Shape> shapes = new HashMap<>();
    boolean withDataset = true;
    int damagedImage = -1;
    IntUnaryOperator label = index -> index % (highestLabel + 1);

    Bench() {
        install("quantizer", "float", new FloatQuantizer(), Quantizer.class);
        install("quantizer", "uniform", new UniformQuantizer(), Quantizer.class);
        install("quantizer", "upot", new UpotQuantizer(), Quantizer.class);
        install("backend", "systolic", new SystolicArray(), Backend.class);
        install("backend", "upot-array", new UpotArray(), Backend.class);
        install("simulator", "analytic", new AnalyticSimulator(), Simulator.class);
        install("cost", "gates", new GateTable(), CostModel.class);
        install("report", "json", new JsonReport(), ReportWriter.class);
        install(
                "reader",
                "memory",
                new NetworkReader() {
                    @Override
                    public boolean reads(Path file) {
                        return true;
                    }

                    @Override
                    public Network read(Path file) throws UnreadableFileException {
                        if (network == null) {
                            throw new UnreadableFileException(file + " is truncated");
                        }
                        return network;
                    }
                },
                NetworkReader.class);
        install(
                "dataset",
                "noise",
                new DatasetReader() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("random images");
                    }

                    @Override
                    public Dataset open(Path location, Settings settings) {
                        return noise(shapes.getOrDefault(location, imageShape));
                    }
                },
                DatasetReader.class);
        policies =
                List.of(
                        policy("Float", rule("float", "float")),
                        policy("Four", rule("uniform", "uniform")));
        accelerators =
                List.of(accelerator("Ints", "systolic"), accelerator("Shifts", "upot-array"));
    }

    /** Adds a quantizer that throws at every tensor. */
    void installThrowing(String id, RuntimeException failure) {
        install(
                "quantizer",
                id,
                new Quantizer() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("throws");
                    }

                    @Override
                    public Fit fit(Observation observed, Settings settings) {
                        throw failure;
                    }
                },
                Quantizer.class);
    }

    /** What a user does who stops a run when something has happened. */
    static Progress stoppingWhen(BooleanSupplier happened) {
        return new Progress() {
            @Override
            public void advance(String stage, long done, long total, String unit) {}

            @Override
            public boolean cancelled() {
                return happened.getAsBoolean();
            }
        };
    }

    /** What a user does who stops a run once a stage is beyond a number of steps. */
    static Progress stoppingIn(String stageToStop, long steps) {
        return new Progress() {
            private volatile boolean stop;

            @Override
            public void advance(String stage, long done, long total, String unit) {
                stop |= stage.equals(stageToStop) && done > steps;
            }

            @Override
            public boolean cancelled() {
                return stop;
            }
        };
    }

    /** Adds a plugin, in front of those that are there. */
    @SuppressWarnings("unchecked")
    <T> void install(String kind, String id, T plugin, Class<T> type) {
        Map<String, Object> properties =
                Map.of(
                        kind + ".id",
                        id,
                        "service.ranking",
                        100,
                        "service.id",
                        1L,
                        "service.bundleid",
                        0L);
        var entry = Map.entry(properties, plugin);
        if (type == Quantizer.class) {
            catalog.quantizers =
                    with(catalog.quantizers, (Map.Entry<Map<String, Object>, Quantizer>) entry);
        } else if (type == Backend.class) {
            catalog.backends =
                    with(catalog.backends, (Map.Entry<Map<String, Object>, Backend>) entry);
        } else if (type == Simulator.class) {
            catalog.simulators =
                    with(catalog.simulators, (Map.Entry<Map<String, Object>, Simulator>) entry);
        } else if (type == CostModel.class) {
            catalog.costs = with(catalog.costs, (Map.Entry<Map<String, Object>, CostModel>) entry);
        } else if (type == NetworkReader.class) {
            catalog.readers =
                    with(catalog.readers, (Map.Entry<Map<String, Object>, NetworkReader>) entry);
        } else if (type == DatasetReader.class) {
            catalog.datasets =
                    with(catalog.datasets, (Map.Entry<Map<String, Object>, DatasetReader>) entry);
        } else {
            catalog.reports =
                    with(catalog.reports, (Map.Entry<Map<String, Object>, ReportWriter>) entry);
        }
    }

    private static <T> List<T> with(List<T> installed, T added) {
        var all = new ArrayList<T>();
        all.add(added);
        all.addAll(installed);
        return all;
    }

    Experiment experiment() {
        var dataset = withDataset ? Optional.of(dataset()) : Optional.<DatasetUse>empty();
        return new Experiment(
                "Test",
                new NetworkUse("Net", Path.of("net.onnx"), normalisation, HERE),
                dataset,
                policies,
                accelerators,
                Optional.empty(),
                expectations,
                Path.of("test.dyadic"),
                HERE);
    }

    DatasetUse dataset() {
        return dataset("Noise");
    }

    DatasetUse dataset(String name, Setting... settings) {
        return new DatasetUse(
                name,
                Path.of(name.toLowerCase(Locale.ROOT)),
                "noise",
                DatasetUse.parameters(ParameterSpec.of("random images")).with(settings),
                HERE);
    }

    PolicyUse policy(String name, Rule... rules) {
        return policy(name, dataset(), rules);
    }

    PolicyUse policy(String name, DatasetUse calibration, Rule... rules) {
        return new PolicyUse(name, Optional.of(Calibration.on(calibration)), List.of(rules), HERE);
    }

    Rule rule(String weights, String activations) {
        return rule(quantizer(weights), quantizer(activations));
    }

    Rule rule(QuantizerUse weights, QuantizerUse activations) {
        return new Rule(
                List.of(new Selector.Every()),
                Optional.of(weights),
                Optional.of(activations),
                HERE);
    }

    static Rule depthwise(QuantizerUse weights) {
        return new Rule(
                List.of(new Selector.Classed(LayerClass.DEPTHWISE)),
                Optional.of(weights),
                Optional.empty(),
                HERE);
    }

    QuantizerUse quantizer(String id, Setting... settings) {
        var quantizer = catalog.quantizer(id).orElseThrow();
        return new QuantizerUse(id, quantizer.parameters().with(settings), HERE);
    }

    AcceleratorUse accelerator(String name, String backend, Setting... settings) {
        return new AcceleratorUse(
                name,
                backend,
                catalog.backend(backend).orElseThrow().parameters().with(settings),
                HERE);
    }

    /** A convolution, a function and a dense layer over four classes. */
    static Network network(boolean trained) {
        return network(trained, Map.of());
    }

    /** A Softmax before the only layer. */
    static Network withSoftmaxInside() {
        var dense = new Operation.Dense(tensor(new SplittableRandom(4), 4, 36), Optional.empty());
        return new Network(
                "net",
                List.of(
                        new Node("image", new Operation.Input(), List.of(), Shape.of(1, 6, 6)),
                        new Node(
                                "attention",
                                new Operation.Softmax(2),
                                List.of(0),
                                Shape.of(1, 6, 6)),
                        new Node("flat", new Operation.Reshape(), List.of(1), Shape.of(36)),
                        new Node("dense", dense, List.of(2), Shape.of(4))),
                3,
                true,
                Map.of());
    }

    /** A function and nothing else. */
    static Network withoutLayers() {
        return new Network(
                "net",
                List.of(
                        new Node("image", new Operation.Input(), List.of(), Shape.of(1, 6, 6)),
                        new Node(
                                "relu",
                                new Operation.Pointwise(new Function.Relu()),
                                List.of(0),
                                Shape.of(1, 6, 6))),
                1,
                true,
                Map.of());
    }

    static Network network(boolean trained, Map<String, String> metadata) {
        var random = new SplittableRandom(3);
        return new Network(
                "net",
                List.of(
                        new Node("image", new Operation.Input(), List.of(), Shape.of(1, 6, 6)),
                        new Node(
                                "conv",
                                new Operation.Convolution(
                                        tensor(random, 3, 1, 3, 3),
                                        Optional.empty(),
                                        Window.square(3, 1, 1),
                                        1),
                                List.of(0),
                                Shape.of(3, 6, 6)),
                        new Node(
                                "relu",
                                new Operation.Pointwise(new Function.Relu()),
                                List.of(1),
                                Shape.of(3, 6, 6)),
                        new Node("flat", new Operation.Reshape(), List.of(2), Shape.of(108)),
                        new Node(
                                "dense",
                                new Operation.Dense(tensor(random, 4, 108), Optional.empty()),
                                List.of(3),
                                Shape.of(4))),
                4,
                trained,
                metadata);
    }

    private static Tensor tensor(SplittableRandom random, int... extents) {
        var shape = Shape.of(extents);
        var numbers = new float[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(shape, numbers);
    }

    Dataset noise(Shape shape) {
        return new Dataset() {
            @Override
            public int size() {
                return images;
            }

            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public int label(int index) {
                return label.applyAsInt(index);
            }

            @Override
            public void read(int index, byte[] pixels) {
                if (index == damagedImage) {
                    throw new UncheckedIOException(
                            new IOException("image " + index + " is damaged"));
                }
                new SplittableRandom(index).nextBytes(pixels);
            }

            @Override
            public String digest() {
                return "0";
            }
        };
    }
}
