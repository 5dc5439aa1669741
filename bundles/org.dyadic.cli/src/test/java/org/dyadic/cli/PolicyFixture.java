package org.dyadic.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.Histogram;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.PolicyInspection.Choice;
import org.dyadic.api.workbench.PolicyInspection.Layer;
import org.dyadic.api.workbench.Sensitivity;

/** What a workbench may find when it looks at one policy. */
final class PolicyFixture {

    private static final NetworkInfo NETWORK = new NetworkInfo("Tiny", "tiny.onnx", "00", 9, 9);

    private PolicyFixture() {}

    /** Three layers: by two rules of the file, by one of a library, and by none. */
    static PolicyInspection rules(String file) {
        return inspection(
                Optional.of(new DatasetInfo("Calib", 256, "11")),
                false,
                layer(choice("upot", file, 12), choice("upot", file, 12)),
                layer("fc", choice("uniform", "lib/common.dyadic", 3), untouched()));
    }

    static PolicyInspection grids() {
        return inspection(
                Optional.of(new DatasetInfo("Calib", 256, "11")),
                false,
                layer(
                        with(choice("upot", 12), upot(proof(true, 0.5))),
                        with(choice("upot", 12), upot(proof(false, 0.4)))),
                layer(
                        "fc",
                        with(choice("uniform", "lib/common.dyadic", 3), uniform()),
                        with(untouched(), unquantized())));
    }

    static PolicyInspection uncalibrated() {
        return inspection(
                Optional.empty(),
                false,
                layer(with(choice("upot", 12), upot(proof(true, 0.5))), choice("upot", 12)));
    }

    static PolicyInspection interrupted() {
        return inspection(Optional.empty(), true, layer(choice("upot", 12), choice("upot", 12)));
    }

    static PolicyInspection unsound(Diagnostic... found) {
        return new PolicyInspection(
                "Main", "FourBit", NETWORK, Optional.empty(), List.of(), List.of(found), false);
    }

    static PolicyInspection failed(Diagnostic found) {
        var rules = rules("first.dyadic");
        return new PolicyInspection(
                "Main",
                "FourBit",
                NETWORK,
                rules.calibration(),
                rules.layers(),
                List.of(found),
                false);
    }

    static Sensitivity sensitivity() {
        return sensitivity(
                Optional.of(accuracy(0.92)),
                Optional.of(accuracy(0.885)),
                false,
                List.of(),
                ranked("fc", 0.9, 0.02),
                ranked("conv1", 0.921, -0.001));
    }

    static Sensitivity sensitivity(
            Optional<Accuracy> reference,
            Optional<Accuracy> together,
            boolean interrupted,
            List<Diagnostic> diagnostics,
            Sensitivity.Layer... layers) {
        return new Sensitivity(
                "Main",
                "FourBit",
                NETWORK,
                Optional.of(new DatasetInfo("Test", 1000, "22")),
                reference,
                together,
                List.of(layers),
                2,
                diagnostics,
                interrupted);
    }

    static Accuracy accuracy(double top1) {
        return new Accuracy(top1, 0.99, 1000, 1000, 0, "float32 on quantized values", Map.of());
    }

    static Sensitivity.Layer ranked(String name, double top1, double drop) {
        return new Sensitivity.Layer(
                new LayerResult(name, "convolution", 9, 9, upot(proof(true, 0.5)), unquantized()),
                accuracy(top1),
                drop,
                25);
    }

    private static PolicyInspection inspection(
            Optional<DatasetInfo> calibration, boolean interrupted, Layer... layers) {
        return new PolicyInspection(
                "Main", "FourBit", NETWORK, calibration, List.of(layers), List.of(), interrupted);
    }

    private static Layer layer(Choice weights, Choice activations) {
        boolean whole = weights.result().isPresent() && activations.result().isPresent();
        return new Layer(
                "conv1",
                "convolution",
                9,
                9,
                weights,
                activations,
                whole ? OptionalInt.of(14) : OptionalInt.empty());
    }

    private static Layer layer(String name, Choice weights, Choice activations) {
        return new Layer(name, "convolution", 9, 9, weights, activations, OptionalInt.empty());
    }

    private static Choice choice(String quantizer, int line) {
        return choice(quantizer, "first.dyadic", line);
    }

    private static Choice choice(String quantizer, String file, int line) {
        var selectors =
                List.<Selector>of(
                        new Selector.Classed(LayerClass.FIRST), new Selector.Named("fc*"));
        var spec = ParameterSpec.of("", Parameter.whole("bits", 1, 8).documented("width"));
        var bits = spec.with(Setting.of("bits", new Value.Number(Quantity.of(4, Unit.ONE))));
        return new Choice(
                quantizer,
                bits,
                Optional.of(
                        new Rule(
                                selectors,
                                Optional.empty(),
                                Optional.empty(),
                                new Position(file, line, 5, 1))),
                Optional.empty());
    }

    private static Choice untouched() {
        return new Choice("float", Settings.none(), Optional.empty(), Optional.empty());
    }

    private static Choice with(Choice choice, TensorResult result) {
        return new Choice(
                choice.quantizer(), choice.settings(), choice.rule(), Optional.of(result));
    }

    private static Certificate proof(boolean proven, double lowerBound) {
        return new Certificate(100, 90, 10, 0.5, lowerBound, proven, "mse");
    }

    private static TensorResult upot(Certificate certificate) {
        return tensor(
                "upot",
                2,
                "2-bit power sum {0, 1} + {0, -4}",
                Optional.of(12.345),
                List.of(-4, -3, 0, 1),
                Optional.of(certificate));
    }

    private static TensorResult uniform() {
        return tensor(
                "uniform",
                8,
                "8-bit signed integer",
                Optional.empty(),
                IntStream.rangeClosed(-128, 127).boxed().toList(),
                Optional.empty());
    }

    private static TensorResult unquantized() {
        return tensor("float", 32, "float32", Optional.empty(), List.of(), Optional.empty());
    }

    private static TensorResult tensor(
            String quantizer,
            int bits,
            String encoding,
            Optional<Double> sqnr,
            List<Integer> levels,
            Optional<Certificate> certificate) {
        return new TensorResult(
                quantizer,
                "",
                bits,
                encoding,
                sqnr,
                levels,
                levels.isEmpty() ? List.of() : List.of(0.5),
                certificate,
                new Histogram(0, 1, List.of()));
    }
}
