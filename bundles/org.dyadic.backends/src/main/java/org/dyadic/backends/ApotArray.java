package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.SubsetMultiplier;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * An array for additive powers of two with the published subsets (Li, Dong, Wang: ICLR 2020). The
 * subsets are fixed, so the shifts of an element are wires and it only chooses among them, which
 * makes it smaller than one whose terms may be anywhere.
 *
 * <p>Other weights, such as the plain integers of a first layer, are made of the same sums: in
 * slices, each as wide as the subsets reach and added at its place at the edge of the column, and
 * in as many cycles as a slice has sums.
 */
@Component
@BackendService(id = "apot-array")
public final class ApotArray implements Backend {

    private static final int MOST_SLICES = 4;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "array for additive powers of two with the published, fixed subsets",
                    Dataflow.WEIGHT_STATIONARY,
                    Edge.parameters(
                            1,
                            Datapath.parameters(
                                    "activation-bits, the reach of all slices and 8", "shifts-3"),
                            Parameter.whole("magnitude-bits", 2, 5)
                                    .defaultsTo(3)
                                    .documented(
                                            "width of a code without its sign, which tells the subsets"),
                            Parameter.whole("slices", 1, MOST_SLICES)
                                    .defaultsTo(2)
                                    .documented(
                                            "places at which a column adds, for weights beyond the subsets"),
                            Edge.ACTIVATION_BITS));

    /**
     * The subsets besides zero, in units of their smallest power (the paper's code): of n subsets
     * of two bits the i-th has the exponents i, i + n and i + 2n; an odd bit has one between the
     * second and the third.
     */
    private static List<List<Integer>> subsets(int magnitudeBits) {
        return switch (magnitudeBits) {
            case 2 -> List.of(List.of(4, 2, 1));
            case 3 -> List.of(List.of(8, 4, 1), List.of(2));
            case 4 -> List.of(List.of(32, 8, 2), List.of(16, 4, 1));
            case 5 -> List.of(List.of(64, 16, 2), List.of(32, 8, 1), List.of(4));
            default -> throw new IllegalArgumentException("no subsets of " + magnitudeBits);
        };
    }

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        var subsets = subsets(settings.whole("magnitude-bits"));
        int span = span(subsets);
        int slices = settings.whole("slices");
        int activation = settings.whole(Edge.ACTIVATION_BITS.name()) + 1;
        int roomy = activation - 1 + slices * span + 8;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        int codeBits = settings.whole("code-bits");
        var powers = subsets.stream().map(List::size).toList();
        // A sign, and for each subset which of its powers or none.
        int weight = 1 + powers.stream().mapToInt(size -> Digits.bitsToCount(size + 1)).sum();
        var chassis = Chassis.of(settings);

        var element =
                List.of(
                        new BillItem(
                                "multipliers", new SubsetMultiplier(powers, span, activation), 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem("registers", new Register(weight + activation + sum), 1));
        var edge = new ArrayList<>(Edge.partialSums(chassis, sum));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        edge.addAll(Edge.slices(chassis, slices, sum));
        edge.addAll(Edge.decoders(chassis, datapath, codeBits, weight, activation));
        edge.add(new BillItem("slice recoders", new Decoder(span, weight), chassis.columns()));
        edge.addAll(Edge.zeroPoints(chassis, settings, slices * span, activation));
        return chassis.machine(
                datapath, element, new Requantize(datapath, activation - 1, codeBits), edge);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return Edge.refuseCodes("weight", operands.weights(), settings)
                .or(() -> Edge.refuseCodes("activation", operands.activations(), settings))
                .or(() -> Edge.refuseActivations(operands.activations(), settings))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> judge(operands.weights().grid().orElseThrow(), settings));
    }

    private static Verdict judge(Grid weights, Settings settings) {
        int magnitudeBits = settings.whole("magnitude-bits");
        int slices = settings.whole("slices");
        int cycles = cycles(weights, magnitudeBits, slices);
        if (cycles < Digits.TOO_MANY) {
            return new Verdict.Acceptance(1.0 / cycles);
        }
        return new Verdict.Refusal(
                "weight levels "
                        + weights.min()
                        + " to "
                        + weights.max()
                        + " are out of reach of "
                        + slices
                        + (slices == 1 ? " slice" : " slices")
                        + " of the subsets of "
                        + magnitudeBits
                        + " bits; "
                        + IntStream.rangeClosed(slices, MOST_SLICES)
                                .filter(
                                        more ->
                                                cycles(weights, magnitudeBits, more)
                                                        < Digits.TOO_MANY)
                                .mapToObj(more -> "slices " + more + " would fit")
                                .findFirst()
                                .orElse("no number of slices would fit"));
    }

    /** Cycles that the longest level takes; too many if it were slower than bit by bit. */
    private static int cycles(Grid weights, int magnitudeBits, int slices) {
        var subsets = subsets(magnitudeBits);
        int span = span(subsets);
        var rounds = Digits.inSubsets(subsets, 2 << span);
        int most = 1;
        for (int level : weights.levels()) {
            most = Math.max(most, Digits.inSlices(level, rounds, span, slices));
        }
        return most <= slices * span ? most : Digits.TOO_MANY;
    }

    /** Places from the smallest power to the largest. */
    private static int span(List<List<Integer>> subsets) {
        int largest = subsets.stream().flatMap(List::stream).max(Integer::compare).orElseThrow();
        return Integer.numberOfTrailingZeros(largest) + 1;
    }
}
