package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.dyadic.CalibrationPart;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.LayerSelector;
import org.dyadic.lang.dyadic.Part;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.dyadic.PolicyRule;
import org.dyadic.lang.dyadic.Quantization;
import org.dyadic.lang.source.Program;

/**
 * Policies: rules with installed quantizers, after those of the policy they extend, and a
 * calibration of their own or inherited.
 */
final class PolicyChecks {

    private final Program program;
    private final Findings findings;
    private final SettingsReading reading;
    private final PluginChecks plugins;
    private final DatasetChecks datasets;
    private final Variation variation;
    private final Lineage lineage;
    private final Once<Policy, Sound> checked = new Once<>(this::check);

    /** A policy without error, and the calibration settings that another one inherits. */
    private record Sound(PolicyUse use, List<Setting> calibration) {}

    PolicyChecks(
            Program program,
            Findings findings,
            SettingsReading reading,
            PluginChecks plugins,
            DatasetChecks datasets,
            Variation variation) {
        this.program = program;
        this.findings = findings;
        this.reading = reading;
        this.plugins = plugins;
        this.datasets = datasets;
        this.variation = variation;
        this.lineage = new Lineage(program, findings);
    }

    Optional<PolicyUse> use(Policy policy) {
        return checked.of(policy).map(Sound::use);
    }

    private Optional<Sound> check(Policy policy) {
        boolean sound = lineage.isSound(policy);
        var rules = new ArrayList<Rule>();
        Optional<Calibration> calibration = Optional.empty();
        var settings = List.<Setting>of();
        if (sound && policy.getParent() != null) {
            var parent = checked.of(policy.getParent());
            parent.ifPresent(inherited -> rules.addAll(inherited.use().rules()));
            calibration = parent.flatMap(inherited -> inherited.use().calibration());
            settings = parent.map(Sound::calibration).orElse(List.of());
            sound = parent.isPresent();
        }
        if (!policy.getCalibrations().isEmpty()) {
            var part = policy.getCalibrations().get(0);
            settings =
                    Inheritance.merged(
                            settings,
                            variation.settings(
                                    part,
                                    reading.settings(part.getBlock()),
                                    Calibration.PARAMETERS),
                            Calibration.PARAMETERS);
            calibration = calibration(policy, part, settings);
            sound &= calibration.isPresent();
        }
        var ownRules = ownRules(policy);
        sound &= ownRules.stream().allMatch(Optional::isPresent);
        ownRules.forEach(rule -> rule.ifPresent(rules::add));
        var at = program.at(policy, Literals.DECLARATION__NAME);
        if (sound && rules.isEmpty()) {
            findings.report(
                    at,
                    IssueCode.MISSING_PART,
                    "policy '"
                            + policy.getName()
                            + "' has no rule; write 'default weights' and one of: "
                            + plugins.installed(PluginKind.QUANTIZER));
        }
        return sound && !rules.isEmpty()
                ? Optional.of(
                        new Sound(
                                new PolicyUse(policy.getName(), calibration, rules, at), settings))
                : Optional.empty();
    }

    private Optional<Calibration> calibration(
            Policy policy, CalibrationPart part, List<Setting> given) {
        for (int i = 1; i < policy.getCalibrations().size(); i++) {
            findings.report(
                    program.at(policy, Literals.POLICY__CALIBRATIONS, i),
                    IssueCode.DUPLICATE_SETTING,
                    "'calibrate' is given twice; remove one of them");
        }
        var settings =
                plugins.settings(
                        "calibration of policy " + policy.getName(),
                        Calibration.PARAMETERS,
                        given,
                        program.at(part));
        return part.getDataset().eIsProxy() || policy.getCalibrations().size() > 1
                ? Optional.empty()
                : datasets.use(part.getDataset())
                        .flatMap(dataset -> settings.map(known -> new Calibration(dataset, known)));
    }

    private List<Optional<Rule>> ownRules(Policy policy) {
        if (policy.getEverywhere() != null) {
            var everywhere = quantizer(policy.getEverywhere());
            return List.of(
                    everywhere.map(
                            use ->
                                    new Rule(
                                            List.of(new Selector.Every()),
                                            everywhere,
                                            everywhere,
                                            use.at())));
        }
        return policy.getRules().stream().map(this::rule).toList();
    }

    private Optional<Rule> rule(PolicyRule rule) {
        var selectors = rule.getSelectors().stream().map(this::selector).toList();
        boolean sound = selectors.stream().allMatch(Optional::isPresent);
        Optional<QuantizerUse> weights = Optional.empty();
        Optional<QuantizerUse> activations = Optional.empty();
        for (Part part : rule.getParts()) {
            boolean forWeights = part.getRole().equals("weights");
            var before = forWeights ? weights : activations;
            if (before.isPresent()) {
                findings.report(
                        program.at(part, Literals.PART__ROLE),
                        IssueCode.DUPLICATE_SETTING,
                        "'" + part.getRole() + "' is given twice in this rule; remove one of them");
                sound = false;
            }
            var use = quantizer(part.getQuantization());
            sound &= use.isPresent();
            weights = forWeights ? use : weights;
            activations = forWeights ? activations : use;
        }
        return sound
                ? Optional.of(
                        new Rule(
                                rule.isEvery()
                                        ? List.of(new Selector.Every())
                                        : selectors.stream().map(Optional::get).toList(),
                                weights,
                                activations,
                                subject(rule)))
                : Optional.empty();
    }

    /** Where a rule says which layers it is for. */
    private Position subject(PolicyRule rule) {
        if (rule.isEvery()) {
            return program.at(rule, Literals.POLICY_RULE__EVERY);
        }
        return program.at(rule.getSelectors().get(0));
    }

    private Optional<Selector> selector(LayerSelector selector) {
        if (selector.getPattern() != null) {
            return Optional.of(new Selector.Named(selector.getPattern()));
        }
        String word = selector.getLayers();
        var known = Arrays.stream(LayerClass.values()).map(LayerClass::id).toList();
        if (!known.contains(word)) {
            findings.report(
                    program.at(selector),
                    IssueCode.UNRESOLVED_NAME,
                    "unknown layers '"
                            + word
                            + "'; allowed: "
                            + String.join(", ", known)
                            + ", or a pattern in quotes for their names."
                            + Guess.suggestion(word, known));
            return Optional.empty();
        }
        return Optional.of(new Selector.Classed(LayerClass.values()[known.indexOf(word)]));
    }

    private Optional<QuantizerUse> quantizer(Quantization quantization) {
        var named =
                new Variation.Named(
                        quantization.getQuantizer(),
                        program.at(quantization, Literals.QUANTIZATION__QUANTIZER));
        return plugins.use(
                        PluginKind.QUANTIZER,
                        quantization,
                        named,
                        reading.settings(quantization.getBlock()),
                        variation)
                .map(use -> new QuantizerUse(use.id(), use.settings(), use.at()));
    }
}
