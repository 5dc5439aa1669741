package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.execution.PluginFailure;

/**
 * Which of the other installed backends executes what an accelerator refuses: the one that needs
 * the fewest settings changed from its defaults, and of those the one of the smallest area, on the
 * same array in the same technology.
 */
final class Alternatives {

    private static final int MOST_CHANGES = 3;

    /** Ranges of more numbers are sizes, which no verdict hangs on. */
    private static final int MOST_NUMBERS = 64;

    /** What makes areas comparable, where a backend has such settings. */
    private static final List<String> SAME = List.of("array", "technology", "voltage", "clock");

    private final PluginCatalog catalog;
    private final AcceleratorUse refusing;

    Alternatives(PluginCatalog catalog, AcceleratorUse refusing) {
        this.catalog = catalog;
        this.refusing = refusing;
    }

    private record Candidate(
            String id, Backend backend, ParameterSpec spec, Map<String, Value> changes) {

        Candidate with(String name, Value value) {
            var more = new LinkedHashMap<>(changes);
            more.put(name, value);
            return new Candidate(id, backend, spec, more);
        }

        Settings settings(List<Setting> same) {
            return spec.with(
                    Stream.concat(
                                    same.stream(),
                                    changes.entrySet().stream()
                                            .map(one -> Setting.of(one.getKey(), one.getValue())))
                            .toArray(Setting[]::new));
        }

        String describe() {
            return "backend "
                    + id
                    + changes.entrySet().stream()
                            .map(one -> one.getKey() + " " + one.getValue())
                            .collect(
                                    Collectors.joining(
                                            " and ", changes.isEmpty() ? "" : " with ", ""));
        }
    }

    /** One that fits, in words; nothing if none does, or if the layers are not quantized at all. */
    Optional<String> nearest(List<Operands> layers) {
        if (layers.stream().anyMatch(Alternatives::isFloat)) {
            return Optional.empty();
        }
        return catalog.plugins().stream()
                .filter(plugin -> plugin.kind() == PluginKind.BACKEND)
                .filter(plugin -> !plugin.id().equals(refusing.backend()))
                .flatMap(plugin -> fitting(plugin, layers).stream())
                .min(
                        Comparator.comparingInt((Candidate one) -> one.changes().size())
                                .thenComparingDouble(this::area)
                                .thenComparing(Candidate::id))
                .map(Candidate::describe);
    }

    private static boolean isFloat(Operands layer) {
        return layer.weights() instanceof Fit.Unquantized
                || layer.activations() instanceof Fit.Unquantized;
    }

    /** A backend that fails is none. */
    private Optional<Candidate> fitting(PluginInfo plugin, List<Operands> layers) {
        try {
            return catalog.backend(plugin.id())
                    .flatMap(
                            backend ->
                                    Guard.call(
                                            "backend " + plugin.id(),
                                            "judging layers",
                                            () ->
                                                    fitting(
                                                            new Candidate(
                                                                    plugin.id(),
                                                                    backend,
                                                                    plugin.parameters(),
                                                                    Map.of()),
                                                            layers)));
        } catch (PluginFailure failed) {
            return Optional.empty();
        }
    }

    /** With the fewest changes, which let one refused layer after the other pass. */
    private Optional<Candidate> fitting(Candidate unchanged, List<Operands> layers) {
        var tried = new ArrayList<>(List.of(unchanged));
        // Candidates come in by their changes, and those with more are added behind.
        for (int next = 0; next < tried.size(); next++) {
            var candidate = tried.get(next);
            var refused = layers.stream().filter(layer -> !takes(candidate, layer)).findFirst();
            if (refused.isEmpty()) {
                return Optional.of(candidate);
            }
            tried.addAll(changed(candidate, refused.get()));
            tried.subList(next + 1, tried.size())
                    .sort(Comparator.comparingInt(one -> one.changes().size()));
        }
        return Optional.empty();
    }

    /** With one setting more changed so that a layer passes, or if none does with two. */
    private List<Candidate> changed(Candidate candidate, Operands layer) {
        var one =
                variations(candidate)
                        .map(values -> values.filter(changed -> takes(changed, layer)).findFirst())
                        .flatMap(Optional::stream)
                        .toList();
        if (!one.isEmpty()) {
            return one;
        }
        var refusal = judge(candidate, layer);
        return variations(candidate)
                .map(
                        values ->
                                values
                                        // refused for another reason, which another setting mends
                                        .filter(changed -> !judge(changed, layer).equals(refusal))
                                        .flatMap(
                                                changed ->
                                                        variations(changed)
                                                                .flatMap(Function.identity()))
                                        .filter(changed -> takes(changed, layer))
                                        .findFirst())
                .flatMap(Optional::stream)
                .toList();
    }

    /** For every setting that may change, what it makes of a candidate, the nearest first. */
    private static Stream<Stream<Candidate>> variations(Candidate candidate) {
        if (candidate.changes().size() == MOST_CHANGES) {
            return Stream.empty();
        }
        return candidate.spec().parameters().stream()
                .filter(parameter -> !candidate.changes().containsKey(parameter.name()))
                .filter(parameter -> !SAME.contains(parameter.name()))
                .map(
                        parameter ->
                                values(parameter)
                                        .map(value -> candidate.with(parameter.name(), value)));
    }

    /** Other values than the default, the nearest first. */
    private static Stream<Value> values(Parameter parameter) {
        if (parameter.fallback().isEmpty()) {
            return Stream.empty();
        }
        var usual = parameter.fallback().get();
        if (parameter.type() instanceof ParameterType.Choice choice) {
            return choice.options().stream()
                    .<Value>map(Value.Word::new)
                    .filter(value -> !value.equals(usual));
        }
        if (parameter.type() instanceof ParameterType.Whole whole
                && (long) whole.max() - whole.min() < MOST_NUMBERS
                && usual instanceof Value.Number number) {
            double from = number.quantity().value();
            return IntStream.rangeClosed(whole.min(), whole.max())
                    .filter(value -> value != from)
                    .boxed()
                    .sorted(Comparator.comparingDouble(value -> Math.abs(value - from)))
                    .map(value -> new Value.Number(Quantity.of(value, Unit.ONE)));
        }
        return Stream.empty();
    }

    private boolean takes(Candidate candidate, Operands layer) {
        return judge(candidate, layer) instanceof Verdict.Acceptance;
    }

    private Verdict judge(Candidate candidate, Operands layer) {
        return candidate.backend().judge(layer, candidate.settings(same(candidate.spec())));
    }

    /** The refusing accelerator's array and technology, as far as another backend has them. */
    private List<Setting> same(ParameterSpec spec) {
        var values = refusing.settings().asMap();
        return SAME.stream()
                .filter(name -> spec.find(name).isPresent())
                .map(name -> values.get(name) == null ? null : Setting.of(name, values.get(name)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** In square millimetres; of what nobody can price, more than anything. */
    private double area(Candidate candidate) {
        try {
            var settings = candidate.settings(same(candidate.spec()));
            var machine =
                    Guard.call(
                            "backend " + candidate.id(),
                            "building",
                            () -> candidate.backend().build(settings));
            return new Pricing(catalog, machine)
                    .area().stream().mapToDouble(share -> share.figure().quantity().base()).sum();
        } catch (PluginFailure unpriced) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
