package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.SimulatorUse;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.report.Clock;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.execution.Layers;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedNetwork;

/** One accelerator of an experiment: its machine, and what any quantized network does on it. */
final class HardwareEvaluation {

    private final PluginCatalog catalog;
    private final AcceleratorUse accelerator;
    private final Backend backend;
    private final Machine machine;
    private final Pricing pricing;

    /** Builds the machine; throws a {@link PluginFailure} if the backend cannot. */
    HardwareEvaluation(PluginCatalog catalog, AcceleratorUse accelerator) {
        this.catalog = catalog;
        this.accelerator = accelerator;
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

    /** Why the machine cannot execute a network: the first layer it refuses, and how many more. */
    Optional<String> refusal(QuantizedNetwork network) {
        String first = null;
        int refused = 0;
        for (int index : Layers.of(network.network())) {
            if (judge(network, index) instanceof Verdict.Refusal refusal) {
                refused++;
                if (first == null) {
                    first =
                            "layer "
                                    + network.network().node(index).name()
                                    + ": "
                                    + refusal.reason();
                }
            }
        }
        return refused > 1
                ? Optional.of(first + " (and " + (refused - 1) + " more layers)")
                : Optional.ofNullable(first);
    }

    private Verdict judge(QuantizedNetwork network, int index) {
        var node = network.network().node(index);
        var layer = network.layer(index);
        return guarded(
                "judging layer " + node.name(),
                () ->
                        backend.judge(
                                new Operands(
                                        node.name(),
                                        node.operation(),
                                        network.network().node(node.inputs().get(0)).shape(),
                                        node.shape(),
                                        layer.weights(),
                                        layer.activations()),
                                accelerator.settings()));
    }

    /** Cycles, latency, energy and area; every layer must have been accepted. */
    HardwareResult evaluate(QuantizedNetwork network, Optional<SimulatorUse> asked) {
        var chosen = simulator(asked);
        var layers = new ArrayList<LayerHardware>();
        var workloads = new ArrayList<Workload>();
        var estimates = new ArrayList<Estimate>();
        long cycles = 0;
        double joules = 0;
        for (int index : Layers.of(network.network())) {
            var acceptance = (Verdict.Acceptance) judge(network, index);
            var workload = Workloads.of(network, index, acceptance);
            var estimate =
                    Guard.call(
                            "simulator " + chosen.getKey(),
                            "layer " + workload.layer(),
                            () -> chosen.getValue().estimate(machine, workload));
            var layer = new LayerHardware(workload.layer(), estimate, pricing.energy(estimate));
            layers.add(layer);
            workloads.add(workload);
            estimates.add(estimate);
            cycles = Math.addExact(cycles, estimate.cycles());
            joules +=
                    layer.energy().stream()
                            .mapToDouble(share -> share.figure().quantity().base())
                            .sum();
        }
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
                        "simulator " + chosen.getKey() + " at " + machine.clock()),
                new Figure(
                        Quantity.of(joules, Unit.JOULE),
                        Kind.MODELLED,
                        "activity by simulator " + chosen.getKey() + ", each part as priced"),
                new Figure(
                        Quantity.of(squareMillimetres, Unit.SQUARE_MILLIMETRE),
                        Kind.MODELLED,
                        "sum of the parts, each as priced; off-chip memory, wiring and pads not included"),
                area,
                layers,
                Guard.call(
                        "simulator " + chosen.getKey(),
                        "its files",
                        () ->
                                chosen.getValue()
                                        .attachments(
                                                machine,
                                                List.copyOf(workloads),
                                                List.copyOf(estimates))),
                clock());
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
            return Map.entry(id, simulator);
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

    private Fidelity bid(String id, Simulator simulator) {
        return Guard.call("simulator " + id, "bidding for " + name(), () -> simulator.bid(machine));
    }
}
