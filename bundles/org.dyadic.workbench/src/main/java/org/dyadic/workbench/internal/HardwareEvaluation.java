package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.SimulatorUse;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.report.Clock;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.report.Roofline;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.Layers;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedNetwork;

/** A quantized network on an accelerator of an experiment: whether it can run there, and how. */
final class HardwareEvaluation {

    private final PluginCatalog catalog;
    private final AcceleratorUse accelerator;
    private final QuantizedNetwork network;
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private final Backend backend;
    private final Machine machine;
    private final Pricing pricing;

    /** Builds the machine; throws a {@link PluginFailure} if the backend cannot. */
    HardwareEvaluation(
            PluginCatalog catalog, AcceleratorUse accelerator, QuantizedNetwork network) {
        this.catalog = catalog;
        this.accelerator = accelerator;
        this.network = network;
        this.backend =
                catalog.backend(accelerator.backend())
                        .orElseThrow(
                                () -> new PluginFailure(plugin(), "it is no longer installed"));
        this.machine =
                guarded(
                        "building " + accelerator.name(),
                        () -> backend.build(accelerator.settings()));
        this.pricing = new Pricing(catalog, machine);
    }

    String name() {
        return accelerator.name();
    }

    Machine machine() {
        return machine;
    }

    private String plugin() {
        return "backend " + accelerator.backend();
    }

    private <T> T guarded(String doing, Supplier<T> call) {
        return Guard.call(plugin(), doing, call);
    }

    /**
     * Why the machine cannot execute the network: the first layer it refuses, how many more, and
     * which other backend could.
     */
    Optional<String> refusal() {
        return first(
                        index ->
                                judge(index) instanceof Verdict.Refusal refusal
                                        ? Optional.of(refusal.reason())
                                        : Optional.empty())
                .map(reason -> reason + alternative());
    }

    private String alternative() {
        var layers = Layers.of(network.network()).stream().map(this::operands).toList();
        return new Alternatives(catalog, accelerator)
                .nearest(layers)
                .map(other -> "; " + other + " would execute every layer")
                .orElse("");
    }

    /**
     * Why the simulator says that layers which the machine can execute do not fit it: the first,
     * and how many more.
     */
    Optional<String> misfit(Optional<SimulatorUse> asked) {
        var chosen = simulator(asked);
        var passes = new Passes(network);
        return first(
                index -> {
                    var workload = workload(passes, index);
                    return asking(
                            chosen,
                            "layer " + workload.layer(),
                            simulator -> simulator.refusal(machine, workload));
                });
    }

    /** The first layer to which there is an objection, and how many more. */
    private Optional<String> first(Function<Integer, Optional<String>> objection) {
        String first = null;
        int objections = 0;
        for (int index : Layers.of(network.network())) {
            var reason = objection.apply(index);
            if (reason.isPresent() && objections++ == 0) {
                first = "layer " + network.network().node(index).name() + ": " + reason.get();
            }
        }
        return objections > 1
                ? Optional.of(first + " (and " + (objections - 1) + " more layers)")
                : Optional.ofNullable(first);
    }

    /** Of each layer, once: a backend may search long for how a layer is best mapped to it. */
    private Verdict judge(int index) {
        return verdicts.computeIfAbsent(index, layer -> judge(operands(layer)));
    }

    private Verdict judge(Operands operands) {
        String doing = "judging layer " + operands.layer();
        var verdict = guarded(doing, () -> backend.judge(operands, accelerator.settings()));
        if (machine.dataflow() == Dataflow.ROW_STATIONARY
                && verdict instanceof Verdict.Acceptance acceptance
                && acceptance.timing().isEmpty()) {
            throw new PluginFailure(
                    plugin(),
                    doing + ": it accepted without a timing, which a row-stationary machine needs");
        }
        return verdict;
    }

    private Operands operands(int index) {
        var node = network.network().node(index);
        var layer = network.layer(index);
        return new Operands(
                node.name(),
                node.operation(),
                network.network().node(node.inputs().get(0)).shape(),
                node.shape(),
                layer.weights(),
                layer.activations());
    }

    /**
     * Cycles, latency, energy and area; every layer must have been accepted.
     *
     * @param image whose integers a simulator may compute with
     * @param progress hears of each layer, and may stop before the next
     */
    HardwareResult evaluate(
            Optional<SimulatorUse> asked, Optional<ImageIntegers> image, Progress progress) {
        var chosen = simulator(asked);
        var passes = new Passes(network);
        var integers =
                image.filter(any -> asking(chosen, "whether it computes", Simulator::computes));
        var workloads =
                Layers.of(network.network()).stream()
                        .map(
                                index -> {
                                    var layer = workload(passes, index);
                                    return integers.map(own -> layer.on(own.of(index)))
                                            .orElse(layer);
                                })
                        .toList();
        var estimates = estimates(chosen, workloads, progress);
        String checked = ImageIntegers.check(integers, chosen.getKey(), workloads, estimates);
        var layers = layers(passes, chosen, workloads, estimates);
        long cycles =
                layers.stream()
                        .mapToLong(layer -> layer.estimate().cycles())
                        .reduce(0, Math::addExact);
        double joules =
                layers.stream()
                        .flatMap(layer -> layer.energy().stream())
                        .mapToDouble(share -> share.figure().quantity().base())
                        .sum();
        var kind = layers.get(0).estimate().kind();
        var area = pricing.area();
        double squareMillimetres =
                area.stream()
                        .mapToDouble(share -> share.figure().quantity().in(Unit.SQUARE_MILLIMETRE))
                        .sum();
        return new HardwareResult(
                chosen.getKey(),
                cycles,
                new Figure(
                        Quantity.of(cycles / machine.clock().base(), Unit.SECOND),
                        kind,
                        "simulator " + chosen.getKey() + " at " + machine.clock() + checked),
                new Figure(
                        Quantity.of(joules, Unit.JOULE),
                        Kind.MODELLED,
                        "activity by simulator "
                                + chosen.getKey()
                                + ", each part as priced"
                                + toggles(estimates)),
                new Figure(
                        Quantity.of(squareMillimetres, Unit.SQUARE_MILLIMETRE),
                        Kind.MODELLED,
                        "sum of the parts, each as priced; off-chip memory, wiring and pads not included"),
                area,
                layers,
                asking(
                        chosen,
                        "its files",
                        simulator -> simulator.attachments(machine, workloads, estimates)),
                clock());
    }

    /**
     * Whether energy goes with the bits that toggle in the elements, or with what prices assume.
     */
    private String toggles(List<Estimate> estimates) {
        if (!pricing.knowsToggles()) {
            return "";
        }
        boolean counted =
                estimates.stream()
                        .anyMatch(
                                estimate ->
                                        estimate.witness().flatMap(Witness::switching).isPresent());
        return counted
                ? "; what multiplies and adds in proportion to the bits of the first image that"
                        + " toggle, where operands stream"
                : "; operands toggle as the prices assume";
    }

    private Workload workload(Passes passes, int index) {
        return Workloads.of(network, passes, index, (Verdict.Acceptance) judge(index));
    }

    /**
     * What the simulator says of each layer. The best tiles take their time to find, so layers that
     * differ in name alone are one question.
     */
    private List<Estimate> estimates(
            Map.Entry<String, Simulator> chosen, List<Workload> workloads, Progress progress) {
        var alike = new LinkedHashMap<Workload, List<Workload>>();
        for (var layer : workloads) {
            alike.computeIfAbsent(layer.named(""), unnamed -> new ArrayList<>()).add(layer);
        }
        var known = new ConcurrentHashMap<Workload, Estimate>();
        var done = new AtomicInteger();
        progress.advance("simulate", 0, workloads.size(), "layers");
        alike.entrySet().parallelStream()
                .forEach(
                        entry -> {
                            Cancelled.check(progress);
                            var layers = entry.getValue();
                            var first = layers.get(0);
                            known.put(
                                    entry.getKey(),
                                    asking(
                                            chosen,
                                            "layer " + first.layer(),
                                            simulator -> simulator.estimate(machine, first)));
                            progress.advance(
                                    "simulate",
                                    done.addAndGet(layers.size()),
                                    workloads.size(),
                                    "layers");
                        });
        return workloads.stream().map(layer -> known.get(layer.named(""))).toList();
    }

    /** Every layer with its figures, and between them what the simulator counts. */
    private List<LayerHardware> layers(
            Passes passes,
            Map.Entry<String, Simulator> chosen,
            List<Workload> workloads,
            List<Estimate> estimates) {
        var found = new ArrayList<LayerHardware>();
        int layer = 0;
        for (int index = 0; index < network.network().nodes().size(); index++) {
            var node = network.network().node(index);
            if (Layers.isLayer(node)) {
                var workload = workloads.get(layer);
                var whole = estimates.get(layer++);
                var estimate = whole.withoutWitness();
                found.add(
                        new LayerHardware(
                                node.name(),
                                Layers.kind(node),
                                estimate,
                                pricing.energy(whole),
                                Optional.of(Roofline.of(machine, workload, estimate))));
                continue;
            }
            var operation = passes.of(index);
            if (operation.isPresent()) {
                asking(
                                chosen,
                                operation.get().kind() + " " + node.name(),
                                simulator -> simulator.estimate(machine, operation.get()))
                        .map(
                                estimate ->
                                        new LayerHardware(
                                                node.name(),
                                                operation.get().kind(),
                                                estimate,
                                                pricing.energy(estimate),
                                                Optional.empty()))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static <T> T asking(
            Map.Entry<String, Simulator> simulator, String what, Function<Simulator, T> question) {
        return Guard.call(
                "simulator " + simulator.getKey(),
                what,
                () -> question.apply(simulator.getValue()));
    }

    /** The clock asked for, and the fastest that the elements reach. */
    Optional<Clock> clock() {
        return pricing.clock();
    }

    private Map.Entry<String, Simulator> simulator(Optional<SimulatorUse> asked) {
        var installed = catalog.simulators();
        if (asked.isPresent()) {
            String id = asked.get().id();
            var simulator = installed.get(id);
            if (simulator == null) {
                throw new PluginFailure("simulator " + id, "it is no longer installed");
            }
            if (bid(id, simulator) instanceof Fidelity.Unsupported unsupported) {
                throw new PluginFailure(
                        "simulator " + id,
                        "cannot simulate " + name() + ": " + unsupported.reason());
            }
            return Map.entry(
                    id,
                    asked.get()
                            .settings()
                            .map(settings -> with(id, simulator, settings))
                            .orElse(simulator));
        }
        Map.Entry<String, Simulator> best = null;
        double error = Double.POSITIVE_INFINITY;
        for (var entry : installed.entrySet()) {
            if (bid(entry.getKey(), entry.getValue()) instanceof Fidelity.Supported supported
                    && supported.expectedError() < error) {
                best = entry;
                error = supported.expectedError();
            }
        }
        if (best == null) {
            throw new PluginFailure(
                    "simulator",
                    "none of the installed ("
                            + String.join(", ", installed.keySet())
                            + ") can simulate "
                            + name());
        }
        return best;
    }

    private static Simulator with(String id, Simulator simulator, Settings settings) {
        return Guard.call("simulator " + id, "its settings", () -> simulator.with(settings));
    }

    private Fidelity bid(String id, Simulator simulator) {
        return Guard.call("simulator " + id, "bidding for " + name(), () -> simulator.bid(machine));
    }
}
