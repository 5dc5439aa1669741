package org.dyadic.lang.ide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.checks.Limits;
import org.dyadic.lang.dyadic.Accelerator;
import org.dyadic.lang.dyadic.Dataset;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.Experiment;
import org.dyadic.lang.dyadic.Network;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.dyadic.PolicyRule;

/** The words that plugins declare, as installed at this moment. */
final class Vocabulary {

    private final List<PluginInfo> plugins;
    private final Supplier<List<Declaration>> visible;
    private Map<String, Declaration> declarations;

    /**
     * @param visible what the file sees, own names first; asked at most once
     */
    Vocabulary(List<PluginInfo> plugins, Supplier<List<Declaration>> visible) {
        this.plugins = plugins;
        this.visible = visible;
    }

    /** No word at all: enough to know the shape of a text. */
    static Vocabulary none() {
        return new Vocabulary(List.of(), List::of);
    }

    private Optional<Declaration> declaration(String name) {
        if (declarations == null) {
            declarations = new HashMap<>();
            visible.get().forEach(it -> declarations.putIfAbsent(it.getName(), it));
        }
        return Optional.ofNullable(declarations.get(name));
    }

    List<PluginInfo> plugins(PluginKind kind) {
        return plugins.stream().filter(plugin -> plugin.kind() == kind).toList();
    }

    Optional<PluginInfo> plugin(PluginKind kind, String id) {
        return plugins(kind).stream().filter(plugin -> plugin.id().equals(id)).findFirst();
    }

    private Owner owner(PluginKind kind, String id) {
        return new Owner(kind.id() + " " + id, plugin(kind, id).map(PluginInfo::parameters));
    }

    /** Whose settings stand in the braces after the header of a declaration. */
    Owner ofHeader(List<String> header) {
        return switch (header.get(0)) {
            case "network" -> Owner.of("network", NetworkUse.PARAMETERS);
            case "dataset" -> dataset(after("as", header).orElse(""));
            case "policy" -> quantizer(header.size() > 2 ? header.get(2) : "");
            case "accelerator" ->
                    after("uses", header)
                            .or(() -> after("extends", header).flatMap(this::backendOf))
                            .map(id -> owner(PluginKind.BACKEND, id))
                            .orElse(Owner.unknown());
            default -> Owner.unknown();
        };
    }

    private static Optional<String> after(String keyword, List<String> header) {
        int at = header.indexOf(keyword);
        return at >= 0 && at + 1 < header.size()
                ? Optional.of(header.get(at + 1))
                : Optional.empty();
    }

    private Optional<String> backendOf(String name) {
        return declaration(name)
                .filter(Accelerator.class::isInstance)
                .flatMap(it -> backendOf((Accelerator) it));
    }

    private static Optional<String> backendOf(Accelerator accelerator) {
        var at = accelerator;
        for (int i = 0; i < 100 && at != null && !at.eIsProxy(); i++) {
            if (at.getBackend() != null) {
                return Optional.of(at.getBackend());
            }
            at = at.getParent();
        }
        return Optional.empty();
    }

    Owner quantizer(String id) {
        return owner(PluginKind.QUANTIZER, id);
    }

    Owner simulator(String id) {
        return owner(PluginKind.SIMULATOR, id);
    }

    Owner calibration() {
        return Owner.of("calibration", Calibration.PARAMETERS);
    }

    private Owner dataset(String format) {
        return new Owner(
                "format " + format,
                plugin(PluginKind.DATASET, format)
                        .map(plugin -> DatasetUse.parameters(plugin.parameters())));
    }

    /** An owner whose only parameter is the limit of a metric. */
    Owner limit(String word) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.id().equals(word))
                .findFirst()
                .map(metric -> Owner.of("limit", Limits.of(metric)))
                .orElse(Owner.unknown());
    }

    // ---- the way of an axis to its setting

    /** The setting at the end of a way, and whose it is. */
    record End(Owner owner, String name) {}

    /** Where a way leads, from the name of a declaration through steps. */
    Optional<End> end(List<String> way) {
        if (way.size() < 2) {
            return Optional.empty();
        }
        return owner(way.subList(0, way.size() - 1))
                .map(owner -> new End(owner, way.get(way.size() - 1)));
    }

    /** What a way ends at if that is a plugin: a part of a rule, or the simulator. */
    Optional<PluginKind> plugin(List<String> way) {
        var declaration = declaration(way.get(0)).orElse(null);
        if (declaration instanceof Policy && way.size() == 3 && !way.get(1).equals("calibrate")) {
            return Optional.of(PluginKind.QUANTIZER);
        }
        return declaration instanceof Experiment && way.size() == 2
                ? Optional.of(PluginKind.SIMULATOR)
                : Optional.empty();
    }

    /** What may follow on a way, with one line of documentation each. */
    Map<String, String> steps(List<String> way) {
        var steps = new LinkedHashMap<String, String>();
        var policy = declaration(way.get(0)).filter(Policy.class::isInstance);
        if (way.size() == 1 && declaration(way.get(0)).orElse(null) instanceof Experiment) {
            steps.put("simulator", "the simulator of the experiment");
            return steps;
        }
        if (policy.isPresent() && way.size() == 1) {
            ((Policy) policy.get()).getRules().forEach(rule -> addSelectors(rule, steps));
            if (!((Policy) policy.get()).getCalibrations().isEmpty()) {
                steps.put("calibrate", "how the policy is calibrated");
            }
        } else if (policy.isPresent() && way.size() == 2 && !way.get(1).equals("calibrate")) {
            rules((Policy) policy.get(), way.get(1))
                    .forEach(
                            rule ->
                                    rule.getParts()
                                            .forEach(
                                                    part ->
                                                            steps.put(
                                                                    part.getRole(),
                                                                    "their quantizer")));
        } else {
            owner(way)
                    .flatMap(Owner::spec)
                    .ifPresent(
                            spec ->
                                    spec.parameters()
                                            .forEach(it -> steps.put(it.name(), Docs.line(it))));
        }
        return steps;
    }

    private static void addSelectors(PolicyRule rule, Map<String, String> steps) {
        if (rule.isEvery()) {
            steps.put("default", "the rule for every layer");
        }
        for (var selector : rule.getSelectors()) {
            steps.put(
                    selector.getPattern() == null
                            ? selector.getLayers()
                            : '"' + selector.getPattern() + '"',
                    "the rule for these layers");
        }
    }

    private static List<PolicyRule> rules(Policy policy, String step) {
        return policy.getRules().stream()
                .filter(
                        rule ->
                                step.equals("default")
                                        ? rule.isEvery()
                                        : rule.getSelectors().stream()
                                                .anyMatch(
                                                        it ->
                                                                step.equals(it.getLayers())
                                                                        || step.equals(
                                                                                '"'
                                                                                        + it
                                                                                                .getPattern()
                                                                                        + '"')))
                .toList();
    }

    private Optional<Owner> owner(List<String> way) {
        var declaration = declaration(way.get(0)).orElse(null);
        var rest = new ArrayList<>(way.subList(1, way.size()));
        Optional<Owner> owner = Optional.empty();
        if (declaration instanceof Accelerator accelerator) {
            owner = backendOf(accelerator).map(id -> owner(PluginKind.BACKEND, id));
        } else if (declaration instanceof Dataset dataset) {
            owner = Optional.of(dataset(dataset.getFormat()));
        } else if (declaration instanceof Network) {
            owner = Optional.of(Owner.of("network", NetworkUse.PARAMETERS));
        } else if (declaration instanceof Experiment experiment && !rest.isEmpty()) {
            rest.remove(0);
            owner =
                    experiment.getSimulations().stream()
                            .findFirst()
                            .map(it -> simulator(it.getSimulator()));
        } else if (declaration instanceof Policy policy && !rest.isEmpty()) {
            String rule = rest.remove(0);
            if (rule.equals("calibrate")) {
                owner = Optional.of(calibration());
            } else if (!rest.isEmpty()) {
                String role = rest.remove(0);
                owner =
                        rules(policy, rule).stream()
                                .flatMap(it -> it.getParts().stream())
                                .filter(part -> part.getRole().equals(role))
                                .reduce((first, last) -> last)
                                .map(part -> quantizer(part.getQuantization().getQuantizer()));
            }
        }
        for (String block : rest) {
            owner = owner.map(it -> it.block(block));
        }
        return owner;
    }
}
