package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.PluginFailure;

/** Applies the rules of a policy to the layers of a network. */
final class PolicyRules {

    /** What no rule mentions. */
    private static final LayerPolicy.Choice UNTOUCHED =
            new LayerPolicy.Choice(
                    "float",
                    new Quantizer() {
                        @Override
                        public ParameterSpec parameters() {
                            return ParameterSpec.of("not quantized");
                        }

                        @Override
                        public Fit fit(Observation observed, Settings settings) {
                            return new Fit.Unquantized();
                        }
                    },
                    Settings.none());

    private final PluginCatalog catalog;
    private final Network network;
    private final List<Integer> layers;

    PolicyRules(PluginCatalog catalog, Network network) {
        this.catalog = catalog;
        this.network = network;
        this.layers = Layers.of(network);
    }

    /** The last rules that mention the weights and the activations of a layer. */
    record Deciding(Optional<Rule> weights, Optional<Rule> activations) {}

    /** For each layer, the rules that decide. */
    Map<Integer, Deciding> deciding(PolicyUse policy) {
        var deciding = new HashMap<Integer, Deciding>();
        for (int layer : layers) {
            var matching = policy.rules().stream().filter(rule -> selects(rule, layer)).toList();
            deciding.put(
                    layer,
                    new Deciding(
                            last(matching, rule -> rule.weights().isPresent()),
                            last(matching, rule -> rule.activations().isPresent())));
        }
        return deciding;
    }

    private static Optional<Rule> last(List<Rule> rules, Predicate<Rule> mentions) {
        return rules.stream().filter(mentions).reduce((earlier, later) -> later);
    }

    /** For each layer, what the last rules that mention it say. */
    Map<Integer, LayerPolicy> resolve(PolicyUse policy) {
        var resolved = new HashMap<Integer, LayerPolicy>();
        deciding(policy)
                .forEach(
                        (layer, rules) ->
                                resolved.put(
                                        layer,
                                        new LayerPolicy(
                                                choice(rules.weights().flatMap(Rule::weights)),
                                                choice(
                                                        rules.activations()
                                                                .flatMap(Rule::activations)))));
        return resolved;
    }

    /** True if some layer's activations get a quantizer other than {@code float}. */
    static boolean quantizesActivations(Map<Integer, LayerPolicy> resolved) {
        return resolved.values().stream()
                .anyMatch(layer -> !layer.activations().id().equals("float"));
    }

    /** True if no layer is quantized at all. */
    static boolean isFloat(Map<Integer, LayerPolicy> resolved) {
        return resolved.values().stream().allMatch(PolicyRules::isFloat);
    }

    /** True if a layer is not quantized at all. */
    static boolean isFloat(LayerPolicy layer) {
        return layer.activations().id().equals("float") && layer.weights().id().equals("float");
    }

    private LayerPolicy.Choice choice(Optional<QuantizerUse> use) {
        return use.map(this::choice).orElse(UNTOUCHED);
    }

    private LayerPolicy.Choice choice(QuantizerUse use) {
        var quantizer = catalog.quantizer(use.id());
        return new LayerPolicy.Choice(
                use.id(),
                quantizer.orElseThrow(
                        () ->
                                new PluginFailure(
                                        "quantizer " + use.id(), "it is no longer installed")),
                use.settings());
    }

    private boolean selects(Rule rule, int layer) {
        return rule.selectors().stream().anyMatch(selector -> selects(selector, layer));
    }

    private boolean selects(Selector selector, int layer) {
        Node node = network.node(layer);
        if (selector instanceof Selector.Named named) {
            return named.matches(node.name());
        }
        if (selector instanceof Selector.Classed classed) {
            return switch (classed.layers()) {
                case FIRST -> layer == layers.get(0);
                case LAST -> layer == layers.get(layers.size() - 1);
                case CONVOLUTION -> !Layers.kind(node).equals("dense");
                case DEPTHWISE, POINTWISE, DENSE -> Layers.kind(node).equals(classed.layers().id());
            };
        }
        return true;
    }

    /** Rules that match no layer. */
    List<Diagnostic> check(PolicyUse policy) {
        var found = new ArrayList<Diagnostic>();
        Set<Selector> reported = new HashSet<>();
        for (var rule : policy.rules()) {
            for (var selector : rule.selectors()) {
                if (layers.stream().noneMatch(layer -> selects(selector, layer))
                        && reported.add(selector)) {
                    found.add(
                            Diagnostic.at(
                                    rule.at(),
                                    IssueCode.RULE_WITHOUT_LAYER,
                                    "policy "
                                            + policy.name()
                                            + ": "
                                            + selector
                                            + " matches no layer of "
                                            + network.name()
                                            + "; "
                                            + alternatives(selector)));
                }
            }
        }
        return found;
    }

    private String alternatives(Selector selector) {
        if (selector instanceof Selector.Classed) {
            return "it has layers of kind "
                    + layers.stream()
                            .map(layer -> Layers.kind(network.node(layer)))
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        var names = layers.stream().map(layer -> network.node(layer).name()).toList();
        String shown = names.stream().limit(6).collect(Collectors.joining(", "));
        String written = selector instanceof Selector.Named named ? named.pattern() : "";
        return "its layers are "
                + shown
                + (names.size() > 6 ? ", ... (" + names.size() + " in all)" : "")
                + "."
                + Guess.suggestion(written, names);
    }
}
