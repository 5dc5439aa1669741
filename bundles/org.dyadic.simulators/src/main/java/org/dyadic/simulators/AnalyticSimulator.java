package org.dyadic.simulators;

import java.util.Optional;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Elementwise;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * The truth as far as a model goes. A tile computes as long as {@link Mapping} says, or as the
 * backend's own timing; how a layer is cut into tiles and in which order they come is searched by
 * {@link TilingSearch}, and {@link Schedule} is what the best takes. Groups of a convolution run
 * one after another, so that a depth-wise layer keeps one column busy. Layers do not overlap, and
 * feature maps go off the chip between them; {@link Lanes} are what happens between layers.
 */
@Component(service = Simulator.class)
@SimulatorService(id = "analytic")
public final class AnalyticSimulator implements Simulator {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "closed forms tile by tile; tiles and their order are the best that the buffers"
                            + " allow",
                    Parameter.choice("least", TilingSearch.Goal.class)
                            .defaultsTo(TilingSearch.Goal.LATENCY)
                            .documented(
                                    "what tiles and their order are chosen for; latency: the least"
                                            + " traffic within 1 % of the least cycles"),
                    Parameter.whole("batch", 1, 1024)
                            .defaultsTo(1)
                            .documented(
                                    "images computed together, which share the weights; figures are"
                                            + " for one"));

    /**
     * The largest difference in cycles to any layer of the reference reports of SCALE-Sim, 0.13 %,
     * rounded up: an array that never waits is known. Nothing like it is known of off-chip memory,
     * which is at its peak rate here.
     */
    private static final Fidelity BID = new Fidelity.Supported(0.002);

    private final TilingSearch.Goal goal;
    private final int batch;

    public AnalyticSimulator() {
        this(TilingSearch.Goal.LATENCY, 1);
    }

    private AnalyticSimulator(TilingSearch.Goal goal, int batch) {
        this.goal = goal;
        this.batch = batch;
    }

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Simulator with(Settings settings) {
        return new AnalyticSimulator(
                settings.choice("least", TilingSearch.Goal.class), settings.whole("batch"));
    }

    @Override
    public Fidelity bid(Machine machine) {
        return BID;
    }

    @Override
    public Optional<String> refusal(Machine machine, Workload layer) {
        if (!Dataflow.SYSTOLIC.contains(machine.dataflow()) && layer.timing().isEmpty()) {
            return Optional.of(
                    machine.dataflow().id()
                            + " arrays are timed by their backend, which says nothing of this"
                            + " layer");
        }
        return new Job(machine, layer, batch).misfit();
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public Estimate estimate(Machine machine, Workload layer) {
        var schedule =
                TilingSearch.best(new Job(machine, layer, batch), goal)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "layer "
                                                        + layer.layer()
                                                        + ": "
                                                        + refusal(machine, layer)
                                                                .orElse("no tile fits")));
        var nest = schedule.nest();
        var words = nest.job().words(nest.m(), nest.n(), nest.k());
        long cycles = Math.max(1, perImage(schedule.cycles()));
        long computing = Math.min(cycles, perImage(schedule.computing()));
        return new Estimate(
                cycles,
                cycles - computing,
                layer.macs() / ((double) cycles * machine.elements() * layer.macsPerCycle()),
                new Activity(
                        layer.macs(),
                        ceil(layer.macs() / layer.macsPerCycle()),
                        (long) layer.m() * layer.n() * layer.groups(),
                        perImage(words.weights()),
                        perImage(words.inputs()),
                        perImage(words.outputs()),
                        perImage((double) layer.groups() * nest.readBits()),
                        perImage((double) layer.groups() * nest.writtenBits())),
                Kind.MODELLED);
    }

    @Override
    public Optional<Estimate> estimate(Machine machine, Elementwise operation) {
        return Optional.of(Lanes.estimate(machine, operation));
    }

    private long perImage(double ofBatch) {
        return ceil(ofBatch / batch);
    }

    /** As a whole number, with a little slack for the rounding of thirds. */
    private static long ceil(double number) {
        return (long) Math.ceil(number * (1 - 1e-12));
    }
}
