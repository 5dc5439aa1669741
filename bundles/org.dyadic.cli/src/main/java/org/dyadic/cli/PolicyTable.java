package org.dyadic.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.PolicyInspection.Choice;
import org.dyadic.api.workbench.PolicyInspection.Layer;

/** A policy layer by layer, for people. */
final class PolicyTable {

    /** Level sets up to this size are written out. */
    private static final int FEW = 16;

    private static final String NOTHING = "-";

    private final PolicyInspection inspection;
    private final Path file;

    private PolicyTable(PolicyInspection inspection, Path file) {
        this.inspection = inspection;
        this.file = file;
    }

    /** Which rule gives each tensor its quantizer. */
    static String rules(PolicyInspection inspection, Path file) {
        return new PolicyTable(inspection, file).rules();
    }

    /** What each quantizer made of its tensor. */
    static String grids(PolicyInspection inspection, Path file) {
        return new PolicyTable(inspection, file).grids();
    }

    private String rules() {
        var table = new TextTable("layer", "tensor", ">line", "rule", "quantizer");
        for (var layer : inspection.layers()) {
            table.row(row(layer.name(), "weights", layer.weights()));
            table.row(row("  " + layer.kind(), "activations", layer.activations()));
        }
        return heading() + "\n" + table;
    }

    private String[] row(String name, String tensor, Choice choice) {
        String settings = choice.settings().toString();
        return new String[] {
            name,
            tensor,
            line(choice),
            choice.rule().map(PolicyTable::selectors).orElse(NOTHING),
            choice.quantizer() + (settings.isEmpty() ? "" : " { " + settings + " }")
        };
    }

    private String grids() {
        var table =
                new TextTable(
                        "layer",
                        "tensor",
                        ">line",
                        "quantizer",
                        ">bits",
                        ">levels",
                        ">SQNR dB",
                        ">sum bits",
                        "search",
                        "grid");
        for (var layer : inspection.layers()) {
            table.row(grid(layer.name(), "weights", layer.weights(), layer.sumBits()));
            table.row(
                    grid(
                            "  " + layer.kind(),
                            "activations",
                            layer.activations(),
                            OptionalInt.empty()));
        }
        boolean sums = inspection.layers().stream().anyMatch(layer -> layer.sumBits().isPresent());
        return heading()
                + "\n"
                + table
                + "\nmeasured: SQNR, of each number at its nearest level\n"
                + (sums ? "proven: sum bits, of an accumulator that no image overflows\n" : "");
    }

    private String[] grid(String name, String tensor, Choice choice, OptionalInt sumBits) {
        var result = choice.result().filter(found -> !found.levels().isEmpty());
        return new String[] {
            name,
            tensor,
            line(choice),
            choice.quantizer(),
            result.map(found -> Integer.toString(found.bits())).orElse(NOTHING),
            result.map(found -> Integer.toString(found.levels().size())).orElse(NOTHING),
            result.flatMap(TensorResult::sqnr).map(PolicyTable::decimals).orElse(NOTHING),
            sumBits.isPresent() ? Integer.toString(sumBits.getAsInt()) : NOTHING,
            result.flatMap(TensorResult::certificate).map(PolicyTable::search).orElse(NOTHING),
            result.map(PolicyTable::described).orElse(NOTHING)
        };
    }

    /** True if a quantizer chose levels for some tensor of a layer. */
    static boolean hasGrid(Layer layer) {
        return Stream.of(layer.weights(), layer.activations())
                .flatMap(choice -> choice.result().stream())
                .anyMatch(result -> !result.levels().isEmpty());
    }

    static boolean quantizes(Layer layer) {
        return !layer.weights().quantizer().equals("float") || quantizesActivations(layer);
    }

    static boolean quantizesActivations(Layer layer) {
        return !layer.activations().quantizer().equals("float");
    }

    private String heading() {
        return Terminal.plain(
                inspection.policy()
                        + " on "
                        + inspection.network().name()
                        + inspection
                                .calibration()
                                .map(
                                        images ->
                                                ", calibrated on "
                                                        + images.name()
                                                        + " ("
                                                        + images.images()
                                                        + " images)")
                                .orElse("")
                        + "\n");
    }

    /** The line of the rule, with its file if that is another one. */
    private String line(Choice choice) {
        return choice.rule()
                .map(Rule::at)
                .map(
                        at ->
                                at.file().equals(file.toString())
                                        ? Integer.toString(at.line())
                                        : at.file() + ":" + at.line())
                .orElse(NOTHING);
    }

    private static String selectors(Rule rule) {
        return rule.selectors().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String search(Certificate certificate) {
        if (certificate.proven()) {
            return "proven";
        }
        return Double.isFinite(certificate.gap())
                ? "gap " + decimals(certificate.gap()) + " dB"
                : "no bound";
    }

    /** The encoding, whose width has a column of its own, and the levels if they are few. */
    private static String described(TensorResult result) {
        String encoding = result.encoding().replaceFirst("^\\d+-bit ", "");
        return result.levels().size() > FEW
                ? encoding
                : encoding
                        + ": "
                        + result.levels().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" "));
    }
}
