package org.dyadic.workbench.internal;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.network.Network;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.Clock;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.PolicyResult;
import org.dyadic.api.report.Provenance;
import org.dyadic.api.report.Results;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.Executable;
import org.dyadic.execution.FloatExecutable;
import org.dyadic.execution.IntegerNetwork;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedNetwork;
import org.dyadic.execution.SumRange;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatEngineException;
import org.dyadic.network.FloatEngines;
import org.dyadic.workbench.log.Journal;

/**
 * One run of an experiment: calibrate and quantize each policy, execute it, and meet every
 * accelerator.
 */
final class Run {

    private final PluginCatalog catalog;
    private final Kernels kernels;
    private final FloatEngines floats;
    private final Journal journal;
    private final StageTimes times;
    private final Experiment experiment;
    private final long seed;
    private final Progress progress;
    private final String specification;
    private Preparation preparation;
    private Optional<DatasetInfo> dataset = Optional.empty();
    private Optional<Diagnostic> unreadable = Optional.empty();
    private Quantizing quantizing;
    private final Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<PolicyResult> policies = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    Run(
            PluginCatalog catalog,
            Kernels kernels,
            FloatEngines floats,
            Journal journal,
            Experiment experiment,
            long seed,
            Progress progress) {
        this.catalog = catalog;
        this.kernels = kernels;
        this.floats = floats;
        this.times = new StageTimes(experiment.name(), journal);
        this.journal = journal;
        this.experiment = experiment;
        this.seed = seed;
        this.progress = progress;
        this.specification = SpecificationText.of(experiment);
    }

    Results results() {
        try (times) {
            times.of("load", this::load);
            run();
        } catch (Cancelled whileLoading) {
            experiment.policies().forEach(this::interrupted);
        }
        return new Results(
                experiment.name(),
                Preparation.networkInfo(experiment, Optional.ofNullable(preparation)),
                dataset,
                policies,
                outcomes,
                times.stages(),
                times.plugins(),
                provenance(),
                specification,
                diagnostics);
    }

    private Preparation load() {
        // The digest of a data set may take long, and nobody wants to wait for it at the end.
        int files = Preparation.files(experiment) + (experiment.dataset().isPresent() ? 1 : 0);
        var done = new AtomicInteger();
        Runnable step = () -> progress.advance("load", done.getAndIncrement(), files, "files");
        step.run();
        preparation = Detached.call(progress, () -> new Preparation(catalog, experiment, step));
        dataset = Detached.call(progress, this::digested);
        progress.advance("load", files, files, "files");
        return preparation;
    }

    /** A data set that cannot be read now will fail whatever uses it, and is named there. */
    private Optional<DatasetInfo> digested() {
        try {
            return preparation.dataset().map(Images::info);
        } catch (PluginFailure failure) {
            unreadable =
                    Optional.of(Preparation.failed(experiment.dataset().orElseThrow(), failure));
            return Optional.empty();
        }
    }

    private void run() {
        quantizing = new Quantizing(preparation, kernels, seed);
        var errors =
                Stream.concat(preparation.diagnostics().stream(), unreadable.stream())
                        .filter(Diagnostic::isError)
                        .toList();
        diagnostics.addAll(errors);
        if (errors.isEmpty()) {
            experiment.policies().forEach(this::run);
            diagnostics.addAll(Expectations.check(experiment, outcomes));
        } else {
            experiment
                    .policies()
                    .forEach(
                            policy ->
                                    each(
                                            policy,
                                            accelerator ->
                                                    new Outcome.Broken(
                                                            policy.name(),
                                                            accelerator,
                                                            Optional.empty(),
                                                            "experiment",
                                                            errors.get(0).message())));
        }
    }

    /** One outcome for each accelerator, or a single one if there is none. */
    private void each(PolicyUse policy, Function<Optional<String>, Outcome> outcome) {
        if (experiment.accelerators().isEmpty()) {
            outcomes.add(outcome.apply(Optional.empty()));
        }
        experiment
                .accelerators()
                .forEach(
                        accelerator ->
                                outcomes.add(outcome.apply(Optional.of(accelerator.name()))));
    }

    private void run(PolicyUse policy) {
        int before = outcomes.size();
        try {
            Cancelled.check(progress);
            var resolved = preparation.rules().resolve(policy);
            var quantized = times.of("quantize", () -> quantize(policy, resolved));
            policies.add(
                    new PolicyResult(
                            policy.name(), quantizing.describe(policy, resolved, quantized)));
            meetAccelerators(policy, resolved, quantized);
        } catch (Cancelled cancelled) {
            outcomes.subList(before, outcomes.size()).clear();
            interrupted(policy);
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError thrown) {
            outcomes.subList(before, outcomes.size()).clear();
            var failure = PluginFailure.of(thrown);
            report(policy, failure);
            each(
                    policy,
                    accelerator ->
                            new Outcome.Broken(
                                    policy.name(),
                                    accelerator,
                                    Optional.empty(),
                                    catalog.withVersion(failure.plugin()),
                                    failure.getMessage()));
        }
    }

    private void interrupted(PolicyUse policy) {
        each(
                policy,
                accelerator ->
                        new Outcome.Interrupted(policy.name(), accelerator, Optional.empty()));
    }

    private void report(PolicyUse policy, PluginFailure failure) {
        var diagnostic = Inspector.failed(policy, failure);
        diagnostics.add(diagnostic);
        journal.tell("run", Level.ERROR, diagnostic.message(), failure.getCause());
    }

    private QuantizedNetwork quantize(PolicyUse policy, Map<Integer, LayerPolicy> resolved) {
        // A policy that quantizes nothing has no stages worth telling.
        var stages = PolicyRules.isFloat(resolved) ? Quantizing.untold(progress) : staged(policy);
        return quantizing.quantize(policy, resolved, stages);
    }

    private void meetAccelerators(
            PolicyUse policy, Map<Integer, LayerPolicy> resolved, QuantizedNetwork quantized) {
        // What accuracy is depends on the datapath alone: executed once for each, whoever has it.
        var accuracies = new LinkedHashMap<Datapath, Accuracy>();
        if (experiment.accelerators().isEmpty()) {
            var datapath = SumRange.wide(quantized);
            var accuracy = accuracy(policy, resolved, quantized, datapath, accuracies);
            outcomes.add(
                    cut(accuracy)
                            ? new Outcome.Interrupted(policy.name(), Optional.empty(), accuracy)
                            : new Outcome.Completed(
                                    policy.name(), Optional.empty(), accuracy, Optional.empty()));
        }
        for (var accelerator : experiment.accelerators()) {
            var name = Optional.of(accelerator.name());
            Optional<Accuracy> accuracy = Optional.empty();
            try {
                var hardware = new HardwareEvaluation(catalog, accelerator, quantized);
                var refusal = hardware.refusal();
                var datapath =
                        refusal.isPresent()
                                ? SumRange.wide(quantized)
                                : hardware.machine().datapath();
                if (refusal.isEmpty()) {
                    String both = "policy " + policy.name() + " on " + accelerator.name();
                    warn(both, accelerator.at(), quantized, datapath);
                    hardware.clock().ifPresent(clock -> warn(accelerator, clock));
                }
                accuracy = accuracy(policy, resolved, quantized, datapath, accuracies);
                if (cut(accuracy)) {
                    outcomes.add(new Outcome.Interrupted(policy.name(), name, accuracy));
                    continue;
                }
                var reason = refusal.or(() -> hardware.misfit(experiment.simulator()));
                if (reason.isPresent()) {
                    outcomes.add(
                            new Outcome.Infeasible(policy.name(), name, accuracy, reason.get()));
                } else {
                    var result =
                            times.of(
                                    "simulate",
                                    () ->
                                            Detached.call(
                                                    progress,
                                                    () ->
                                                            hardware.evaluate(
                                                                    experiment.simulator(),
                                                                    firstImage(quantized, datapath),
                                                                    Quantizing.staged(
                                                                            progress,
                                                                            policy.name()
                                                                                    + " on "
                                                                                    + accelerator
                                                                                            .name()))));
                    outcomes.add(
                            new Outcome.Completed(
                                    policy.name(), name, accuracy, Optional.of(result)));
                }
            } catch (Cancelled cancelled) {
                outcomes.add(new Outcome.Interrupted(policy.name(), name, accuracy));
            } catch (RuntimeException
                    | LinkageError
                    | StackOverflowError
                    | OutOfMemoryError thrown) {
                var failure = PluginFailure.of(thrown);
                report(policy, failure);
                outcomes.add(
                        new Outcome.Broken(
                                policy.name(),
                                name,
                                accuracy,
                                catalog.withVersion(failure.plugin()),
                                failure.getMessage()));
            }
        }
    }

    /** The integers of the first image, if there are any. */
    private Optional<ImageIntegers> firstImage(QuantizedNetwork quantized, Datapath datapath) {
        return preparation
                .dataset()
                .filter(images -> images.size() > 0 && ImageIntegers.exist(quantized))
                .map(
                        images ->
                                new ImageIntegers(
                                        quantized,
                                        datapath,
                                        preparation.normalisation(),
                                        kernels,
                                        () -> images.read(0)));
    }

    /** What may not fit the accumulator is told before it is computed. */
    private void warn(String what, Position at, QuantizedNetwork quantized, Datapath datapath) {
        if (!quantized.integral() || !quantized.network().trained()) {
            return;
        }
        SumRange.overflowing(quantized, datapath)
                .map(why -> Diagnostic.at(at, IssueCode.NARROW_ACCUMULATOR, what + ": " + why))
                .ifPresent(
                        warning -> {
                            diagnostics.add(warning);
                            progress.found(warning);
                        });
    }

    /** A clock that an accelerator may not reach is told once, whatever the policies. */
    private void warn(AcceleratorUse accelerator, Clock clock) {
        if (clock.reached()) {
            return;
        }
        var warning =
                Diagnostic.at(
                        accelerator.at(),
                        IssueCode.CLOCK_TOO_FAST,
                        accelerator.name()
                                + ": the clock of "
                                + clock.asked()
                                + " is faster than its elements, modelled to reach "
                                + Math.round(clock.fastest().quantity().in(Unit.MEGAHERTZ))
                                + " MHz through "
                                + String.join(", ", clock.slowest())
                                + "; latency and leakage hold only if the circuit is pipelined");
        if (!diagnostics.contains(warning)) {
            diagnostics.add(warning);
            progress.found(warning);
        }
    }

    /** True if the images were not all executed. */
    private static boolean cut(Optional<Accuracy> accuracy) {
        return accuracy.isPresent() && accuracy.get().images() < accuracy.get().of();
    }

    private Optional<Accuracy> accuracy(
            PolicyUse policy,
            Map<Integer, LayerPolicy> resolved,
            QuantizedNetwork quantized,
            Datapath datapath,
            Map<Datapath, Accuracy> known) {
        return preparation
                .dataset()
                .map(
                        images -> {
                            // In float, no datapath matters.
                            var key = quantized.integral() ? datapath : Datapath.wide();
                            if (!known.containsKey(key)) {
                                boolean isFloat = PolicyRules.isFloat(resolved);
                                String stage = isFloat ? "float" : "execute";
                                known.put(
                                        key,
                                        times.of(
                                                        stage,
                                                        () ->
                                                                execute(
                                                                        executable(
                                                                                isFloat, quantized,
                                                                                datapath),
                                                                        images,
                                                                        policy))
                                                .orElseThrow(Cancelled::new));
                            }
                            return known.get(key);
                        });
    }

    private Optional<Accuracy> execute(Executable network, Images images, PolicyUse policy) {
        try (network) {
            return Evaluation.of(network, images, "execute", staged(policy));
        }
    }

    private Executable executable(boolean isFloat, QuantizedNetwork quantized, Datapath datapath) {
        var normalisation = preparation.normalisation();
        if (isFloat) {
            return inFloat(quantized.network());
        }
        return quantized.integral()
                ? new IntegerNetwork(quantized, datapath, normalisation, kernels).fastest()
                : new FloatExecutable(quantized, normalisation, kernels);
    }

    private Executable inFloat(Network network) {
        FloatEngines.Opened opened;
        try {
            opened = floats.open(network);
        } catch (FloatEngineException unable) {
            throw new PluginFailure("float engine", unable.getMessage());
        }
        opened.warning()
                .map(why -> Diagnostic.at(experiment.at(), IssueCode.DEGRADED, why))
                .filter(warning -> !diagnostics.contains(warning))
                .ifPresent(diagnostics::add);
        return new FloatExecutable(
                network, preparation.normalisation(), opened.session(), opened.engine());
    }

    private Progress staged(PolicyUse policy) {
        return Quantizing.staged(progress, policy.name());
    }

    private Provenance provenance() {
        return new Provenance(
                Versions.ofBundle(getClass()),
                catalog.plugins().stream().filter(this::used).toList(),
                kernels.id(),
                seed,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                Digest.of(SpecificationText.portable(experiment)),
                date);
    }

    /** Plugins that this experiment names, and those that any run uses. */
    private boolean used(PluginInfo plugin) {
        return switch (plugin.kind()) {
            case QUANTIZER ->
                    experiment.policies().stream()
                            .flatMap(policy -> policy.rules().stream())
                            .flatMap(
                                    rule ->
                                            Stream.concat(
                                                    rule.weights().stream(),
                                                    rule.activations().stream()))
                            .anyMatch(use -> use.id().equals(plugin.id()));
            case BACKEND ->
                    experiment.accelerators().stream()
                            .anyMatch(use -> use.backend().equals(plugin.id()));
            case DATASET ->
                    Stream.concat(
                                    experiment.dataset().stream(),
                                    experiment.policies().stream()
                                            .flatMap(policy -> policy.calibration().stream())
                                            .map(Calibration::dataset))
                            .anyMatch(use -> use.format().equals(plugin.id()));
            case SIMULATOR, COST, READER -> true;
            case REPORT -> false;
        };
    }
}
