package org.dyadic.lang.ide;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Dimension;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginKind;

/** The reference of the language as Markdown, out of what the language itself works with. */
final class Reference {

    private final StringBuilder page = new StringBuilder();

    private Reference() {}

    /** Words, units and diagnostics: what is the same whatever is installed. */
    static String language() {
        var reference = new Reference();
        reference.words();
        reference.units();
        reference.diagnostics();
        return reference.page.toString();
    }

    /** What every installed plugin takes. */
    static String settings(Catalog catalog) {
        var reference = new Reference();
        reference.allSettings(catalog);
        return reference.page.toString();
    }

    private void words() {
        title("Words of the language");
        row("word", "meaning");
        row("---", "---");
        new TreeMap<>(Docs.KEYWORDS).forEach((word, meaning) -> row(code(word), meaning));
        title("Layers that a rule can name");
        row("word", "meaning");
        row("---", "---");
        for (var layers : LayerClass.values()) {
            row(code(layers.id()), layers.meaning());
        }
        title("Figures for limits and sweeps");
        row("word", "meaning");
        row("---", "---");
        for (var metric : Metric.values()) {
            row(
                    code(metric.id()),
                    Docs.metric(metric.id()).orElse("").replaceFirst("^[^:]*: ", ""));
        }
    }

    private void units() {
        title("Units");
        row("dimension", "units");
        row("---", "---");
        for (var dimension : Dimension.values()) {
            var symbols = Unit.symbols(dimension).stream().map(Reference::code).toList();
            row(
                    dimension.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    String.join(", ", symbols));
        }
    }

    private void diagnostics() {
        title("Diagnostics");
        row("code", "severity", "meaning");
        row("---", "---", "---");
        for (var code : IssueCode.values()) {
            row(code(code.id()), code.severity().name().toLowerCase(Locale.ROOT), code.meaning());
        }
    }

    private void allSettings(Catalog catalog) {
        title("Settings of networks, data sets and calibrations");
        spec("network", NetworkUse.PARAMETERS);
        spec(
                "dataset, in any format",
                DatasetUse.parameters(ParameterSpec.of("", new Parameter[0])));
        spec("calibrate", Calibration.PARAMETERS);
        for (var kind : PluginKind.values()) {
            for (var plugin : catalog.plugins()) {
                if (plugin.kind() == kind) {
                    spec(kind.id() + " " + plugin.id(), plugin.parameters());
                }
            }
        }
    }

    private void spec(String owner, ParameterSpec spec) {
        page.append("\n### ").append(owner).append("\n\n");
        if (!spec.documentation().isEmpty()) {
            page.append(spec.documentation()).append("\n\n");
        }
        if (!spec.parameters().isEmpty()) {
            row("setting", "takes", "default", "meaning");
            row("---", "---", "---", "---");
            rows("", spec);
        }
    }

    private void rows(String path, ParameterSpec spec) {
        for (var parameter : spec.parameters()) {
            String name = path + parameter.name();
            if (parameter.type() instanceof ParameterType.Block block) {
                row(code(name), "settings in braces", "", meaning(parameter));
                rows(name + ".", block.spec());
            } else {
                row(
                        code(name),
                        parameter.type().allowed(),
                        parameter
                                .fallback()
                                .map(Value::toString)
                                .orElse(parameter.optional() ? "may be left out" : "required"),
                        meaning(parameter));
            }
        }
    }

    private static String meaning(Parameter parameter) {
        return parameter.documentation()
                + parameter.history().map(before -> " (" + before + ")").orElse("");
    }

    private void title(String text) {
        page.append(page.isEmpty() ? "## " : "\n## ").append(text).append("\n\n");
    }

    private void row(String... cells) {
        page.append("| ")
                .append(String.join(" | ", List.of(cells)).replace("\n", " "))
                .append(" |\n");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
