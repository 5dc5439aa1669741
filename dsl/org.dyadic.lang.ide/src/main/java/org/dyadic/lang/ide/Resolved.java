package org.dyadic.lang.ide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.antlr.runtime.CommonToken;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.PolicyInspection.Choice;
import org.dyadic.api.workbench.PolicyInspection.Layer;
import org.dyadic.api.workbench.Workbench;

/**
 * What the layers get in the end for which a rule decides, after all later rules and in a network
 * that is there.
 *
 * @param at where the rule says which layers it is for
 * @param label for the end of its line: {@code W8 A4, 2 layers}
 * @param layers which they are, and where
 */
record Resolved(Position at, String label, String layers) {

    private static final int MOST_NAMES = 20;

    /** A rule of a text, known by its policy and its words, wherever it stands by now. */
    record Key(String policy, String words) {}

    /** A rule of a text: its first and its last token. */
    record Written(Key key, CommonToken first, CommonToken last) {}

    /** Every rule that decides for some layer of an experiment without error. */
    static List<Resolved> of(Workbench workbench, Experiment experiment) {
        var all = new ArrayList<Resolved>();
        for (var policy : experiment.policies()) {
            var inspection = workbench.resolve(experiment, policy.name());
            var deciding = new LinkedHashMap<Position, Set<Layer>>();
            for (var layer : inspection.layers()) {
                for (var choice : List.of(layer.weights(), layer.activations())) {
                    choice.rule()
                            .map(Rule::at)
                            .ifPresent(
                                    at ->
                                            deciding.computeIfAbsent(
                                                            at, it -> new LinkedHashSet<>())
                                                    .add(layer));
                }
            }
            deciding.forEach((at, layers) -> all.add(of(at, layers, inspection)));
        }
        return all;
    }

    private static Resolved of(Position at, Set<Layer> layers, PolicyInspection inspection) {
        var weights = new TreeSet<String>();
        var activations = new TreeSet<String>();
        layers.forEach(
                layer -> {
                    weights.add(bits(layer.weights()));
                    activations.add(bits(layer.activations()));
                });
        String names =
                layers.stream()
                        .limit(MOST_NAMES)
                        .map(Layer::name)
                        .collect(Collectors.joining(", "));
        return new Resolved(
                at,
                "W"
                        + String.join("/", weights)
                        + " A"
                        + String.join("/", activations)
                        + ", "
                        + layers.size()
                        + (layers.size() == 1 ? " layer" : " layers"),
                "bits of weights and activations in network "
                        + inspection.network().name()
                        + " (experiment "
                        + inspection.experiment()
                        + "): "
                        + names
                        + (layers.size() > MOST_NAMES ? ", …" : ""));
    }

    /** The width of a code; of a quantizer that has none, what it is called. */
    private static String bits(Choice choice) {
        var bits = choice.settings().asMap().get("bits");
        return bits == null ? " " + choice.quantizer() : bits.toString();
    }

    /** The rules of every policy of a text. */
    static List<Written> rules(Document document) {
        var rules = new ArrayList<Written>();
        for (var declared : document.declared()) {
            if (!declared.kind().equals("policy")) {
                continue;
            }
            for (var part : Outline.parts(declared.at().tokens())) {
                if (!part.get(0).getText().equals("calibrate")) {
                    String words =
                            part.stream()
                                    .map(CommonToken::getText)
                                    .collect(Collectors.joining(" "));
                    rules.add(
                            new Written(
                                    new Key(declared.name(), words),
                                    part.get(0),
                                    part.get(part.size() - 1)));
                }
            }
        }
        return rules;
    }

    /** The rule that stands where this one was resolved. */
    Optional<Written> in(Document document) {
        int offset = document.offset(document.range(at).getStart());
        return rules(document).stream()
                .filter(
                        it ->
                                it.first().getStartIndex() <= offset
                                        && offset < Document.end(it.last()))
                .findFirst();
    }

    /** By rule; of several networks the first. */
    static Map<Key, Resolved> byRule(Document document, List<Resolved> all) {
        var known = new LinkedHashMap<Key, Resolved>();
        all.forEach(it -> it.in(document).ifPresent(rule -> known.putIfAbsent(rule.key(), it)));
        return known;
    }
}
