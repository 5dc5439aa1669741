package org.dyadic.workbench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Histogram;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.PolicyResult;
import org.dyadic.api.report.Provenance;
import org.dyadic.api.report.Results;
import org.dyadic.api.report.Roofline;
import org.dyadic.api.report.Share;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;

/**
 * Results as a run of a ResNet-20 under four policies on two accelerators leaves them. The numbers
 * are made up, from a fixed seed; only their shapes and sizes are those of a real run.
 */
final class SampleResults {

    private static final List<Integer> UPOT =
            List.of(-12, -10, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 4, 6, 8, 12);
    private static final List<Integer> APOT =
            List.of(-10, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10);

    private final Random random = new Random(1);

    private record Layer(String name, String kind, int channels, int size, int inputs, int kernel) {
        long macs() {
            return (long) channels * size * size * inputs * kernel * kernel;
        }

        long parameters() {
            return (long) channels * inputs * kernel * kernel + channels;
        }
    }

    private static List<Layer> resnet20() {
        var layers = new ArrayList<Layer>();
        layers.add(new Layer("conv1", "convolution 3 x 3", 16, 32, 3, 3));
        int inputs = 16;
        for (int stage = 1; stage <= 3; stage++) {
            int channels = 8 << stage;
            for (int block = 0; block < 3; block++) {
                String name = "layer" + stage + "." + block;
                int size = 64 >> stage;
                layers.add(
                        new Layer(name + ".conv1", "convolution 3 x 3", channels, size, inputs, 3));
                layers.add(
                        new Layer(
                                name + ".conv2", "convolution 3 x 3", channels, size, channels, 3));
                inputs = channels;
            }
        }
        layers.add(new Layer("fc", "dense", 10, 1, 64, 1));
        return layers;
    }

    /** The whole run. */
    static Results resnet() {
        return new SampleResults().results("ResNet20");
    }

    /** The same run of a network with another name, to see what becomes of the name. */
    static Results named(String network) {
        return new SampleResults().results(network);
    }

    private Results results(String network) {
        var policies = List.of("Float32", "Uniform4", "Apot4", "Upot4");
        var top1 = List.of(0.9173, 0.9020, 0.9065, 0.9110);
        var quantized = policies.stream().map(this::policy).toList();
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < policies.size(); i++) {
            var accuracy =
                    Optional.of(
                            new Accuracy(
                                    top1.get(i),
                                    Math.min(1, top1.get(i) + 0.081),
                                    10_000,
                                    10_000,
                                    0,
                                    i == 0 ? "float32" : "integer datapath",
                                    i == 0 ? Map.of() : kernels()));
            for (var accelerator : List.of("ShiftArray", "Int8Array")) {
                if (i == 0) {
                    outcomes.add(
                            new Outcome.Infeasible(
                                    policies.get(i),
                                    Optional.of(accelerator),
                                    accuracy,
                                    "layer conv1: the array multiplies integers, the weights are"
                                            + " float32"));
                } else {
                    outcomes.add(
                            new Outcome.Completed(
                                    policies.get(i),
                                    Optional.of(accelerator),
                                    accuracy,
                                    Optional.of(
                                            hardware(
                                                    accelerator.equals("ShiftArray") ? 0.55 : 1,
                                                    1 + 0.05 * i))));
                }
            }
        }
        var timings = new LinkedHashMap<String, Double>();
        timings.put("load", 0.31);
        timings.put("calibrate", 2.75);
        timings.put("quantize", 4.2);
        timings.put("execute", 31.9);
        timings.put("simulate", 0.012);
        timings.put("float", 9.8);
        return new Results(
                "Main",
                new NetworkInfo(
                        network, "models/resnet20.onnx", "9f86d081884c7d65", 40_551_040, 269_722),
                Optional.of(new DatasetInfo("Test", 10_000, "60303ae22b998861")),
                quantized,
                outcomes,
                timings,
                new Provenance(
                        "0.1.0",
                        List.of(
                                plugin(PluginKind.QUANTIZER, "upot"),
                                plugin(PluginKind.QUANTIZER, "apot"),
                                plugin(PluginKind.BACKEND, "upot-array"),
                                plugin(PluginKind.SIMULATOR, "analytic")),
                        "scalar",
                        1,
                        "17.0.14",
                        "fcde2b2edba56bf4",
                        Instant.parse("2026-11-22T12:00:00Z")),
                "network " + network + " from \"models/resnet20.onnx\"\n\nexperiment Main {\n}\n",
                List.of(
                        Diagnostic.at(
                                new Position("first.dyadic", 31, 5, 8),
                                IssueCode.INFEASIBLE,
                                "ShiftArray cannot execute Float32: layer conv1 has float32"
                                        + " weights"),
                        Diagnostic.at(
                                new Position("first.dyadic", 34, 5, 30),
                                IssueCode.EXPECTATION_MISSED,
                                "accuracy of Uniform4 is 90.2 %, expected >= 91 %")));
    }

    /** The first layer has a kernel of its own. */
    private static Map<String, String> kernels() {
        var kernels = new LinkedHashMap<String, String>();
        resnet20().forEach(layer -> kernels.put(layer.name(), "int16 in blocks of 96"));
        kernels.put("conv1", "int32");
        return kernels;
    }

    private static PluginInfo plugin(PluginKind kind, String id) {
        return new PluginInfo(
                kind, id, ParameterSpec.of("made up"), "org.dyadic." + kind.id() + "s", "0.1.0");
    }

    private PolicyResult policy(String name) {
        var layers = resnet20();
        var results = new ArrayList<LayerResult>();
        for (var layer : layers) {
            boolean edge = layer.name().equals("conv1") || layer.name().equals("fc");
            String quantizer =
                    name.equals("Float32")
                            ? "float"
                            : edge || name.equals("Uniform4")
                                    ? "uniform"
                                    : name.substring(0, 4).toLowerCase(Locale.ROOT);
            results.add(
                    new LayerResult(
                            layer.name(),
                            layer.kind(),
                            layer.macs(),
                            layer.parameters(),
                            tensor(quantizer, edge ? 8 : 4, true, layer.channels()),
                            tensor(quantizer, edge ? 8 : 4, false, 1)));
        }
        return new PolicyResult(name, results);
    }

    private TensorResult tensor(String quantizer, int bits, boolean signed, int channels) {
        if (quantizer.equals("float")) {
            return new TensorResult(
                    "float",
                    "",
                    32,
                    "float32",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    histogram(signed, 0.05));
        }
        var levels = levels(quantizer, bits, signed);
        int top = levels.get(levels.size() - 1);
        var scales = new ArrayList<Double>();
        for (int i = 0; i < channels; i++) {
            scales.add(0.01 + 0.02 * random.nextDouble());
        }
        boolean upot = quantizer.equals("upot");
        return new TensorResult(
                quantizer,
                "{ bits " + bits + (upot ? "  template universal }" : " }"),
                bits,
                upot
                        ? "4-bit power sum ± {0, 1, 2, 4} + {0, 8}"
                        : bits + (signed ? "-bit signed integer" : "-bit unsigned integer"),
                Optional.of(
                        bits == 8 ? 38 + 4 * random.nextDouble() : 18 + 4 * random.nextDouble()),
                levels,
                scales,
                upot
                        ? Optional.of(
                                new Certificate(
                                        41_448,
                                        41_400,
                                        48,
                                        0.0105,
                                        signed ? 0.0105 : 0.01,
                                        signed,
                                        "every pair of subsets, at the best scale of each"))
                        : Optional.empty(),
                histogram(signed, top / 3.0));
    }

    private static List<Integer> levels(String quantizer, int bits, boolean signed) {
        if (quantizer.equals("uniform")) {
            int low = signed ? -(1 << (bits - 1)) + 1 : 0;
            int high = signed ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
            return java.util.stream.IntStream.rangeClosed(low, high).boxed().toList();
        }
        var levels = quantizer.equals("upot") ? UPOT : APOT;
        return signed ? levels : levels.stream().filter(level -> level >= 0).toList();
    }

    private Histogram histogram(boolean signed, double deviation) {
        double low = signed ? -4 * deviation : 0;
        double high = 4 * deviation;
        var counts = new long[96];
        for (int i = 0; i < 9_000; i++) {
            double x = random.nextGaussian() * deviation;
            int bin = (int) ((x - low) / (high - low) * counts.length);
            if (bin >= 0 && bin < counts.length) {
                counts[bin]++;
            }
        }
        return new Histogram(low, high, java.util.Arrays.stream(counts).boxed().toList());
    }

    private HardwareResult hardware(double energy, double activity) {
        var layers = new ArrayList<LayerHardware>();
        long cycles = 0;
        double total = 0;
        for (var layer : resnet20()) {
            long ideal = Math.max(1, layer.macs() / 256);
            long stalls = layer.parameters() / 40;
            var estimate =
                    new Estimate(
                            ideal + stalls + 30,
                            stalls,
                            (double) layer.macs() / 256 / (ideal + stalls + 30),
                            new Activity(
                                    layer.macs(),
                                    layer.macs() / 9,
                                    layer.parameters(),
                                    layer.macs() / 16,
                                    layer.macs() / 9,
                                    layer.parameters() * 4 + 1,
                                    layer.channels() * 64L),
                            Kind.SIMULATED);
            var shares =
                    List.of(
                            share("multiply", "8 x 8 bit multiplier", layer.macs(), energy * 2e-13),
                            share("accumulate", "24 bit adder", layer.macs(), activity * 4e-14),
                            share("buffer", "64 KiB SRAM", layer.macs() / 8, activity * 3e-12),
                            share("dram", "off-chip memory", layer.parameters() * 4, 8e-12));
            total +=
                    shares.stream()
                            .mapToDouble(share -> share.figure().quantity().in(Unit.JOULE))
                            .sum();
            cycles += estimate.cycles();
            double peak = 256 * 500e6;
            double intensity =
                    8.0 * layer.macs() / (layer.parameters() * 4 + layer.channels() * 64L + 1);
            layers.add(
                    new LayerHardware(
                            layer.name(),
                            "convolution",
                            estimate,
                            shares,
                            Optional.of(
                                    new Roofline(
                                            intensity,
                                            peak,
                                            Math.min(peak, intensity * 2e9),
                                            layer.macs() * 500e6 / estimate.cycles()))));
        }
        var area =
                List.of(
                        area("multipliers", "8 x 8 bit multiplier", 256, 0.4 * energy),
                        area("accumulators", "24 bit adder", 256, 0.06),
                        area("buffers", "64 KiB SRAM", 3, 0.71),
                        area("requantizers", "requantizer", 16, 0.02));
        return new HardwareResult(
                "analytic",
                cycles,
                new Figure(Quantity.of(cycles / 500e6, Unit.SECOND), Kind.SIMULATED, "analytic"),
                new Figure(Quantity.of(total, Unit.JOULE), Kind.MODELLED, "table-45nm"),
                new Figure(
                        Quantity.of(
                                area.stream()
                                        .mapToDouble(
                                                share ->
                                                        share.figure()
                                                                .quantity()
                                                                .in(Unit.SQUARE_MILLIMETRE))
                                        .sum(),
                                Unit.SQUARE_MILLIMETRE),
                        Kind.MODELLED,
                        "table-45nm"),
                area,
                layers);
    }

    private static Share share(String purpose, String component, long count, double each) {
        return new Share(
                purpose,
                component,
                count,
                new Figure(
                        Quantity.of(count * each * 1e12, Unit.PICOJOULE),
                        Kind.MODELLED,
                        "Horowitz, ISSCC 2014"));
    }

    private static Share area(String purpose, String component, long count, double mm2) {
        return new Share(
                purpose,
                component,
                count,
                new Figure(Quantity.of(mm2, Unit.SQUARE_MILLIMETRE), Kind.MODELLED, "table-45nm"));
    }

    /** The same results with other outcomes, timings and policies. */
    static Results with(
            List<PolicyResult> policies, List<Outcome> outcomes, Map<String, Double> timings) {
        var results = resnet();
        return new Results(
                results.experiment(),
                results.network(),
                Optional.empty(),
                policies,
                outcomes,
                timings,
                results.provenance(),
                results.specification(),
                List.of());
    }

    private SampleResults() {}
}
