package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.SimulatorUse;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.report.Share;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.execution.Layers;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedLayer;
import org.dyadic.execution.QuantizedNetwork;

/** One accelerator of an experiment: its machine, and what any quantized network does on it. */
final class HardwareEvaluation {

    /** Tensors that something else than a layer reads are kept in the 16 bits between layers. */
    private static final int WIDE_BITS = 16;

    private final PluginCatalog catalog;
    private final AcceleratorUse accelerator;
    private final Backend backend;
    private final Machine machine;
    private final Map<Component, Price> prices = new HashMap<>();

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
        return guarded(plugin(), doing, call);
    }

    private static <T> T guarded(String plugin, String doing, Supplier<T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (RuntimeException | LinkageError failure) {
            throw new PluginFailure(plugin, doing, failure);
        }
        if (answer == null) {
            throw new PluginFailure(plugin, doing + ": it returned nothing");
        }
        return answer;
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
                                        layer.weights(),
                                        layer.activations()),
                                accelerator.settings()));
    }

    /** Cycles, latency, energy and area; every layer must have been accepted. */
    HardwareResult evaluate(QuantizedNetwork network, Optional<SimulatorUse> asked) {
        var chosen = simulator(asked);
        var layers = new ArrayList<LayerHardware>();
        var workloads = new ArrayList<Workload>();
        long cycles = 0;
        double joules = 0;
        for (int index : Layers.of(network.network())) {
            var acceptance = (Verdict.Acceptance) judge(network, index);
            var workload = workload(network, index, acceptance.macsPerCycle());
            var estimate =
                    guarded(
                            "simulator " + chosen.getKey(),
                            "layer " + workload.layer(),
                            () -> chosen.getValue().estimate(machine, workload));
            var layer = new LayerHardware(workload.layer(), estimate, energy(estimate.activity()));
            layers.add(layer);
            workloads.add(workload);
            cycles = Math.addExact(cycles, estimate.cycles());
            joules +=
                    layer.energy().stream()
                            .mapToDouble(share -> share.figure().quantity().base())
                            .sum();
        }
        var kind = layers.get(0).estimate().kind();
        var area = area();
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
                guarded(
                        "simulator " + chosen.getKey(),
                        "its files",
                        () -> chosen.getValue().attachments(machine, List.copyOf(workloads))));
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
        return guarded("simulator " + id, "bidding for " + name(), () -> simulator.bid(machine));
    }

    private static Workload workload(QuantizedNetwork quantized, int index, double macsPerCycle) {
        Network network = quantized.network();
        Node node = network.node(index);
        QuantizedLayer layer = quantized.layer(index);
        var weights = Layers.weights(node).shape();
        int groups =
                node.operation() instanceof Operation.Convolution convolution
                        ? convolution.groups()
                        : 1;
        int outputs = weights.extent(0);
        return new Workload(
                node.name(),
                Math.toIntExact(node.shape().elements() / outputs),
                outputs / groups,
                weights.size() / outputs,
                groups,
                layer.weights().encoding().bits(),
                layer.activations().encoding().bits(),
                outputBits(quantized, index),
                network.node(node.inputs().get(0)).shape().elements(),
                node.shape().elements(),
                macsPerCycle,
                sliding(network, node));
    }

    private static Optional<Sliding> sliding(Network network, Node node) {
        if (node.operation() instanceof Operation.Convolution convolution) {
            var image = network.node(node.inputs().get(0)).shape();
            return Optional.of(
                    new Sliding(
                            image.extent(1),
                            image.extent(2),
                            image.extent(0) / convolution.groups(),
                            convolution.window()));
        }
        return Optional.empty();
    }

    /**
     * The bits in which a layer's result is written: once in the codes of the layers that read it,
     * and once more in 16 bits if an addition, a pooling or the user does. Functions and additions
     * that nothing else separates from the layer are taken as part of it.
     */
    private static int outputBits(QuantizedNetwork quantized, int index) {
        Network network = quantized.network();
        int last = index;
        List<Integer> readers = readers(network, last);
        while (readers.size() == 1 && fuses(network.node(readers.get(0)))) {
            last = readers.get(0);
            readers = readers(network, last);
        }
        int codes =
                readers.stream()
                        .filter(reader -> quantized.layer(reader) != null)
                        .mapToInt(reader -> quantized.layer(reader).activations().encoding().bits())
                        .max()
                        .orElse(0);
        boolean others =
                readers.isEmpty()
                        || readers.stream().anyMatch(reader -> quantized.layer(reader) == null);
        return codes + (others ? WIDE_BITS : 0);
    }

    private static boolean fuses(Node node) {
        return node.operation() instanceof Operation.Pointwise
                || node.operation() instanceof Operation.Add
                || node.operation() instanceof Operation.Reshape;
    }

    private static List<Integer> readers(Network network, int index) {
        var readers = new ArrayList<Integer>();
        for (int i = index + 1; i < network.nodes().size(); i++) {
            if (network.node(i).inputs().contains(index)) {
                readers.add(i);
            }
        }
        return readers;
    }

    private List<Share> energy(Activity activity) {
        var shares = new ArrayList<Share>();
        for (var part : machine.element()) {
            add(
                    shares,
                    part.purpose(),
                    part.component(),
                    Math.multiplyExact(part.count(), activity.elementUses()));
        }
        add(shares, "requantization", machine.requantizer(), activity.requantizations());
        add(shares, "weight buffer", machine.buffers().weightMemory(), activity.weightReads());
        add(
                shares,
                "activation buffer",
                machine.buffers().activationMemory(),
                activity.activationReads());
        add(shares, "output buffer", machine.buffers().outputMemory(), activity.outputWrites());
        add(
                shares,
                "off-chip memory",
                machine.offChip().memory(),
                activity.dramReadBits() + activity.dramWriteBits());
        return shares;
    }

    private void add(List<Share> shares, String purpose, Component component, long uses) {
        if (uses > 0) {
            var price = price(component);
            shares.add(
                    new Share(
                            purpose,
                            component.describe(),
                            uses,
                            new Figure(
                                    Quantity.of(uses * price.energy().in(Unit.JOULE), Unit.JOULE),
                                    price.kind(),
                                    price.source())));
        }
    }

    private List<Share> area() {
        return machine.bill().stream()
                .map(
                        item -> {
                            var price = price(item.component());
                            double area = item.count() * price.area().in(Unit.SQUARE_MILLIMETRE);
                            return new Share(
                                    item.purpose(),
                                    item.component().describe(),
                                    item.count(),
                                    new Figure(
                                            Quantity.of(area, Unit.SQUARE_MILLIMETRE),
                                            price.kind(),
                                            price.source()));
                        })
                .toList();
    }

    /** The price by the first cost model that knows one; never a guess. */
    private Price price(Component component) {
        return prices.computeIfAbsent(
                component,
                key -> {
                    for (var model : catalog.costs()) {
                        var price =
                                guarded(
                                        "cost model",
                                        "pricing " + component.describe(),
                                        () -> model.price(component, machine.technology()));
                        if (price.isPresent()) {
                            return price.get();
                        }
                    }
                    throw new PluginFailure(
                            "cost model",
                            "none of the "
                                    + catalog.costs().size()
                                    + " installed prices a "
                                    + component.describe()
                                    + " in "
                                    + machine.technology().node());
                });
    }
}
