package org.dyadic.lang.ide;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.PluginInfo;

/** What an editor shows about a word, as Markdown. */
final class Docs {

    /** One line for each word of the grammar. */
    static final Map<String, String> KEYWORDS =
            Map.ofEntries(
                    Map.entry(
                            "import",
                            "makes the names of another file, or of every file of a folder,"
                                    + " visible in this one"),
                    Map.entry("network", "a trained network, read from a model file"),
                    Map.entry(
                            "dataset", "images with labels, read in one of the installed formats"),
                    Map.entry("accelerator", "hardware: a backend and its settings"),
                    Map.entry("policy", "how each layer of a network is quantized"),
                    Map.entry(
                            "experiment",
                            "what is run: every policy on every accelerator, with a network and"
                                    + " data"),
                    Map.entry("sweep", "an experiment in many versions, one for each combination"),
                    Map.entry("from", "the path follows, relative to this file"),
                    Map.entry("as", "the format follows"),
                    Map.entry(
                            "extends",
                            "takes over everything that is not restated from the one that follows"),
                    Map.entry("uses", "the backend follows"),
                    Map.entry("calibrate", "the data set whose images activations are observed on"),
                    Map.entry("default", "a rule for every layer"),
                    Map.entry(
                            "layers",
                            "a rule for some layers; it overrides earlier rules, part by part"),
                    Map.entry("weights", "the quantizer of weights follows"),
                    Map.entry("activations", "the quantizer of activations follows"),
                    Map.entry("policies", "the policies to compare, separated by commas"),
                    Map.entry("accelerators", "the accelerators to compare, separated by commas"),
                    Map.entry(
                            "simulator",
                            "the simulator to insist on; without, the best bidder, with its defaults"),
                    Map.entry("expect", "a limit; missing it ends the run with exit code 1"),
                    Map.entry("of", "the policy or experiment meant"),
                    Map.entry("on", "the limit holds on this accelerator; without, on every one"),
                    Map.entry("vary", "a setting, and after 'over' the values it takes"),
                    Map.entry("over", "the values follow, separated by commas"),
                    Map.entry("minimise", "figures of which less is better"),
                    Map.entry("maximise", "figures of which more is better"));

    private Docs() {}

    /** Of a word of the grammar, if it is one. */
    static Optional<String> keyword(String word) {
        return Optional.ofNullable(KEYWORDS.get(word)).map(line -> "**" + word + "**: " + line);
    }

    /** One line: what is allowed, and the default. */
    static String line(Parameter parameter) {
        return parameter.type().allowed()
                + parameter.fallback().map(value -> "; default " + value).orElse("")
                + (parameter.optional() ? "; may be left out" : "")
                + parameter.history().map(before -> "; " + before).orElse("");
    }

    static String parameter(Owner owner, Parameter parameter) {
        return "**"
                + parameter.name()
                + "** of "
                + owner.title()
                + "\n\n"
                + parameter.documentation()
                + (parameter.documentation().isEmpty() ? "" : "\n\n")
                + line(parameter);
    }

    static String plugin(PluginInfo plugin) {
        return "**"
                + plugin.id()
                + "** ("
                + plugin.kind().id()
                + ")\n\n"
                + plugin.parameters().documentation()
                + "\n"
                + settings(plugin.parameters(), "")
                + "\n\n*"
                + plugin.bundle()
                + " "
                + plugin.version()
                + "*";
    }

    /** The settings as a list. */
    private static String settings(ParameterSpec spec, String indent) {
        return spec.parameters().stream()
                .map(
                        it ->
                                "\n"
                                        + indent
                                        + "- `"
                                        + it.name()
                                        + "` "
                                        + it.documentation()
                                        + (it.documentation().isEmpty() ? "" : "; ")
                                        + line(it))
                .collect(Collectors.joining());
    }

    /** What a unit is in the base unit of its dimension. */
    static Optional<String> unit(String symbol) {
        return Unit.of(symbol)
                .filter(unit -> unit != Unit.ONE)
                .map(
                        unit -> {
                            var base =
                                    Arrays.stream(Unit.values())
                                            .filter(
                                                    it ->
                                                            it.dimension() == unit.dimension()
                                                                    && it.factor() == 1
                                                                    && it != Unit.ONE)
                                            .findFirst();
                            return "**"
                                    + symbol
                                    + "**: "
                                    + unit.dimension().phrase()
                                    + base.filter(it -> it != unit)
                                            .map(
                                                    it ->
                                                            "; 1 "
                                                                    + symbol
                                                                    + " = "
                                                                    + Quantity.of(1, unit).in(it)
                                                                    + " "
                                                                    + it.symbol())
                                            .orElse("");
                        });
    }

    static Optional<String> layers(String word) {
        return Arrays.stream(LayerClass.values())
                .filter(layers -> layers.id().equals(word))
                .map(layers -> "**" + word + "**: " + layers.meaning())
                .findFirst();
    }

    static Optional<String> metric(String word) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.id().equals(word))
                .map(
                        metric ->
                                "**"
                                        + word
                                        + "**: "
                                        + switch (metric) {
                                            case ACCURACY -> "top-1 accuracy on the data set";
                                            case LATENCY -> "time for one image";
                                            case ENERGY ->
                                                    "energy for one image, off-chip memory"
                                                            + " included";
                                            case AREA -> "area of the chip";
                                        }
                                        + "; in "
                                        + String.join(", ", Unit.symbols(metric.dimension())))
                .findFirst();
    }

    /** A declaration as it stands, cut after some lines, and its documentation comment. */
    static String declaration(String text, Optional<String> comment) {
        var lines = text.lines().toList();
        int most = 12;
        var shown = lines.size() <= most ? lines : lines.subList(0, most);
        return "```dyadic\n"
                + String.join("\n", shown)
                + (lines.size() > most ? "\n…" : "")
                + "\n```"
                + comment.map(it -> "\n\n" + it).orElse("");
    }

    /** The words of a documentation comment, without its stars. */
    static String comment(String written) {
        List<String> lines =
                written.replaceAll("^/\\*\\*+|\\*+/$", "")
                        .lines()
                        .map(line -> line.strip().replaceFirst("^\\*+ ?", ""))
                        .toList();
        return String.join("\n", lines).strip();
    }
}
