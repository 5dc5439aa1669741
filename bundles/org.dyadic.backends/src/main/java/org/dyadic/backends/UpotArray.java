package org.dyadic.backends;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
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
 * An array whose elements multiply by sums of signed powers of two: shifters and an adder instead
 * of a multiplier. It is our reading of the accelerator of Xia et al. (TCAS-I 2023), whose circuits
 * are not public.
 *
 * <p>A weight is decoded once, at the edge of its column, to the sign and shift of each of its
 * terms; an activation, at the edge of its row, to an integer. A weight of more terms than an
 * element has takes several cycles. How many terms a grid needs depends on its levels alone, not on
 * how they are coded: a uniform weight is executed in its signed-digit form.
 */
@Component
@BackendService(id = "upot-array")
public final class UpotArray implements Backend {

    private static final int MAX_SHIFTS = 16;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "array of shift-and-add multipliers for powers-of-two weights (our reading of UPoT)",
                    Dataflow.WEIGHT_STATIONARY,
                    Edge.parameters(
                            1,
                            Datapath.parameters("activation-bits, shifts and 8", "shifts-3"),
                            Parameter.whole("terms", 1, 4)
                                    .defaultsTo(2)
                                    .documented("powers of two that an element adds in a cycle"),
                            Parameter.whole("shifts", 1, MAX_SHIFTS)
                                    .defaultsTo(8)
                                    .documented(
                                            "places an activation can be shifted by: 0 to shifts - 1"),
                            Parameter.whole("activation-bits", 2, 16)
                                    .defaultsTo(8)
                                    .documented(
                                            "width of an activation without its sign: 8 takes -256 to 255")));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int terms = settings.whole("terms");
        int shifts = settings.whole("shifts");
        int activation = settings.whole("activation-bits") + 1;
        int roomy = settings.whole("activation-bits") + shifts + 8;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        int codeBits = settings.whole("code-bits");
        // A term is a sign, whether it is there at all, and a shift.
        int weight = terms * (2 + bitsToCount(shifts));
        var chassis = Chassis.of(settings);

        var element =
                List.of(
                        new BillItem(
                                "multipliers", new ShiftMultiplier(terms, shifts, activation), 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem("registers", new Register(weight + activation + sum), 1));
        var edge = new ArrayList<>(Edge.partialSums(chassis, sum));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        edge.addAll(Edge.decoders(chassis, datapath, codeBits, weight, activation));
        edge.addAll(Edge.zeroPoints(chassis, settings, shifts + 1, activation));
        // The signed digits of x are where 3x and x differ (Reitwiesner 1960): one adder.
        edge.add(new BillItem("signed-digit recoders", new Adder(shifts + 1), chassis.columns()));
        return chassis.machine(
                datapath, element, new Requantize(datapath, activation - 1, codeBits), edge);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        int terms = settings.whole("terms");
        int shifts = settings.whole("shifts");
        var refusal =
                Edge.refuseCodes("weight", operands.weights(), settings)
                        .or(() -> Edge.refuseCodes("activation", operands.activations(), settings))
                        .or(
                                () ->
                                        Edge.refuseLevels(
                                                "activation",
                                                operands.activations(),
                                                settings.whole("activation-bits") + 1,
                                                UpotArray::wider))
                        .or(() -> refuseShifts(grid(operands), terms, shifts));
        if (refusal.isPresent()) {
            return new Verdict.Refusal(refusal.get());
        }
        int digits = digits(grid(operands), shifts);
        return new Verdict.Acceptance(1.0 / Math.max(1, (digits + terms - 1) / terms));
    }

    /** The fewest terms in which every level of a grid can be written. */
    private static int digits(Grid grid, int shifts) {
        return Arrays.stream(grid.levels()).map(level -> digits(level, shifts)).max().orElse(0);
    }

    /**
     * The fewest signed powers of two, none above the highest shift, whose sum is the level. Below
     * that shift they form the non-adjacent form.
     */
    static int digits(int level, int shifts) {
        long magnitude = Math.abs((long) level);
        // From the highest shift down: the fewest terms for the bits from there on, and for one
        // more.
        long plain = magnitude >> (shifts - 1);
        long more = plain + 1;
        for (int shift = shifts - 2; shift >= 0; shift--) {
            boolean odd = (magnitude >> shift & 1) != 0;
            long either = 1 + Math.min(plain, more);
            if (odd) {
                plain = either;
            } else {
                more = either;
            }
        }
        return (int) plain;
    }

    private static Optional<String> refuseShifts(Grid grid, int terms, int shifts) {
        if (reaches(grid, terms, shifts)) {
            return Optional.empty();
        }
        int fewest = digits(grid, MAX_SHIFTS);
        String remedy =
                IntStream.rangeClosed(shifts, MAX_SHIFTS)
                        .filter(more -> reaches(grid, terms, more) && digits(grid, more) == fewest)
                        .mapToObj(more -> "shifts " + more + " would fit")
                        .findFirst()
                        .orElse("no setting of this array would fit");
        return Optional.of(
                "weight levels "
                        + grid.min()
                        + " to "
                        + grid.max()
                        + " are out of reach of "
                        + shifts
                        + " shifts; "
                        + remedy);
    }

    /** More terms than shifts would be slower than adding bit by bit. */
    private static boolean reaches(Grid grid, int terms, int shifts) {
        return digits(grid, shifts) <= Math.max(terms, shifts);
    }

    private static Grid grid(Operands operands) {
        return operands.weights().grid().orElseThrow();
    }

    private static String wider(int signedBits) {
        return signedBits <= 17 ? "activation-bits " + (signedBits - 1) : "";
    }

    private static int bitsToCount(int choices) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(choices - 1);
    }
}
