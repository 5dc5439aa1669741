package org.dyadic.cli;

import java.util.Locale;
import java.util.Optional;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.workbench.Sensitivity;

/** What each layer costs, for people. */
final class SensitivityTable {

    private SensitivityTable() {}

    static String of(Sensitivity sensitivity) {
        var table =
                new TextTable(
                        "layer",
                        "kind",
                        ">drop",
                        ">changed",
                        ">top-1 %",
                        "weights",
                        ">SQNR dB",
                        "activations",
                        ">SQNR dB");
        for (var ranked : sensitivity.layers()) {
            var layer = ranked.layer();
            table.row(
                    layer.name(),
                    layer.kind(),
                    percent(ranked.drop()),
                    percent(ranked.changed() / (double) ranked.accuracy().images()),
                    percent(ranked.accuracy().top1()),
                    quantizer(layer.weights()),
                    sqnr(layer.weights()),
                    quantizer(layer.activations()),
                    sqnr(layer.activations()));
        }
        return heading(sensitivity) + "\n" + table + "\n" + footing(sensitivity);
    }

    private static String heading(Sensitivity sensitivity) {
        return Terminal.plain(
                sensitivity.policy()
                        + " on "
                        + sensitivity.network().name()
                        + ", one layer at a time: float "
                        + top1(sensitivity.reference())
                        + " %, all "
                        + sensitivity.quantized()
                        + " layers quantized "
                        + top1(sensitivity.together())
                        + " %\n");
    }

    private static String top1(Optional<Accuracy> accuracy) {
        return accuracy.map(Accuracy::top1).map(SensitivityTable::percent).orElse("-");
    }

    private static String footing(Sensitivity sensitivity) {
        String images =
                sensitivity
                        .dataset()
                        .map(
                                set ->
                                        "measured on "
                                                + set.images()
                                                + (set.images() == 1 ? " image" : " images")
                                                + " of "
                                                + set.name()
                                                + ", of which one is "
                                                + percent(1.0 / set.images())
                                                + " points; changed: those that get another class"
                                                + " than in float")
                        .orElse("");
        int missing = sensitivity.quantized() - sensitivity.layers().size();
        String gap =
                "; "
                        + missing
                        + " of "
                        + sensitivity.quantized()
                        + " layers "
                        + (missing == 1 ? "is" : "are")
                        + " missing";
        return Terminal.plain(images + (missing == 0 ? "" : gap)) + "\n";
    }

    /** {@code upot 4}. */
    private static String quantizer(TensorResult tensor) {
        return tensor.levels().isEmpty()
                ? tensor.quantizer()
                : tensor.quantizer() + " " + tensor.bits();
    }

    private static String sqnr(TensorResult tensor) {
        return tensor.sqnr().map(PolicyTable::decimals).orElse("-");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
