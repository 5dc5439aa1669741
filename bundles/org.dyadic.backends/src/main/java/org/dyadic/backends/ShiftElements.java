package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/**
 * Elements that multiply an activation by a sum of signed powers of two: so many shifters, and
 * adders that join them. A weight of more powers takes several cycles.
 *
 * @param shifts places an activation can be shifted by: 0 to shifts - 1
 */
record ShiftElements(int terms, int shifts, Exponents exponents) {

    /** Which shifts a term has. */
    enum Exponents {
        /** Every term has them all. */
        FREE,
        /** They are dealt out among the terms, neighbours together. */
        WINDOWS,
        /**
         * Every term has them all, and looks its own up by the code of the weight, which is all
         * that an element keeps.
         */
        TABLE
    }

    static final int MOST_SHIFTS = 16;

    static final Parameter SHIFTS =
            Parameter.whole("shifts", 1, MOST_SHIFTS)
                    .defaultsTo(8)
                    .documented("places an activation can be shifted by: 0 to shifts - 1");

    Machine machine(Settings settings) {
        int activation = settings.whole(Edge.ACTIVATION_BITS.name()) + 1;
        int roomy = activation - 1 + shifts + 8;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        int codeBits = settings.whole("code-bits");
        int weight = exponents == Exponents.TABLE ? codeBits : terms * termBits();
        var chassis = Chassis.of(settings);

        var element = new ArrayList<BillItem>();
        element.add(
                new BillItem("multipliers", new ShiftMultiplier(terms, window(), activation), 1));
        element.add(new BillItem("adders", new Adder(sum), 1));
        element.add(new BillItem("registers", new Register(weight + activation + sum), 1));
        var edge = new ArrayList<>(Edge.partialSums(chassis, sum));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        if (exponents == Exponents.TABLE) {
            int index = indexBits(codeBits);
            element.add(new BillItem("term decoders", new Decoder(index, termBits()), terms));
            edge.add(new BillItem("term tables", new Register(termBits()), (long) terms << index));
            edge.addAll(Edge.activationDecoders(chassis, datapath, codeBits, activation));
        } else {
            edge.addAll(Edge.decoders(chassis, datapath, codeBits, weight, activation));
            // The signed digits of x are where 3x and x differ (Reitwiesner 1960): one adder.
            edge.add(
                    new BillItem(
                            "signed-digit recoders", new Adder(shifts + 1), chassis.columns()));
        }
        edge.addAll(Edge.zeroPoints(chassis, settings, shifts + 1, activation));
        return chassis.machine(
                datapath, element, new Requantize(datapath, activation - 1, codeBits), edge);
    }

    /** A sign, whether the term is there at all, and a shift. */
    private int termBits() {
        return 2 + Digits.bitsToCount(window());
    }

    private int window() {
        return exponents == Exponents.WINDOWS ? (shifts + terms - 1) / terms : shifts;
    }

    /** The bits of a code that choose the power of one term. */
    private int indexBits(int codeBits) {
        return Math.max(1, (codeBits + terms - 1) / terms);
    }

    Verdict judge(Operands operands, Settings settings) {
        var refusal =
                Edge.refuseCodes("weight", operands.weights(), settings)
                        .or(() -> Edge.refuseCodes("activation", operands.activations(), settings))
                        .or(() -> Edge.refuseActivations(operands.activations(), settings))
                        .or(() -> refuse(operands.weights(), settings));
        return refusal.<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> new Verdict.Acceptance(1.0 / cycles(grid(operands.weights()))));
    }

    private Optional<String> refuse(Fit weights, Settings settings) {
        return exponents == Exponents.TABLE
                ? refuseTerms(weights, settings.whole("code-bits"))
                : refuseShifts(grid(weights));
    }

    private Optional<String> refuseShifts(Grid grid) {
        if (reaches(grid)) {
            return Optional.empty();
        }
        return Optional.of(
                "weight levels "
                        + grid.min()
                        + " to "
                        + grid.max()
                        + " are out of reach of "
                        + shifts
                        + " shifts; "
                        + remedy(grid).map(more -> "shifts " + more + " would fit").orElse(NONE));
    }

    private static final String NONE = "no setting of this array would fit";

    /** The fewest shifts under which levels take as few cycles as they can. */
    private Optional<Integer> remedy(Grid grid) {
        int fewest = of(MOST_SHIFTS).cycles(grid);
        return IntStream.rangeClosed(shifts, MOST_SHIFTS)
                .filter(more -> of(more).cycles(grid) == fewest && of(more).reaches(grid))
                .boxed()
                .findFirst();
    }

    private ShiftElements of(int more) {
        return new ShiftElements(terms, more, exponents);
    }

    /** More cycles than shifts would be slower than adding bit by bit. */
    private boolean reaches(Grid grid) {
        return (long) (cycles(grid) - 1) * terms < Math.max(terms, shifts);
    }

    /** Elements that look terms up take power sums, a term an entry. */
    private Optional<String> refuseTerms(Fit weights, int codeBits) {
        boolean fits =
                weights.encoding() instanceof Encoding.PowerSum sum
                        && sum.terms() <= terms
                        && sum.subsets().stream().allMatch(subset -> fits(subset, codeBits));
        if (fits) {
            return Optional.empty();
        }
        var free = new ShiftElements(terms, shifts, Exponents.FREE);
        return Optional.of(
                "weights are coded as "
                        + weights.encoding().describe()
                        + ", and the elements look up at most "
                        + terms
                        + " powers of two below 2^"
                        + shifts
                        + ", each of "
                        + (1 << indexBits(codeBits))
                        + " by its part of the code; "
                        + (free.reaches(grid(weights)) ? "exponents free would fit" : NONE));
    }

    private boolean fits(List<Integer> subset, int codeBits) {
        return subset.size() <= 1 << indexBits(codeBits)
                && subset.stream().allMatch(entry -> Math.abs((long) entry) < 1L << shifts);
    }

    /** Cycles that the longest level of a grid takes. */
    int cycles(Grid grid) {
        int rounds = 1;
        for (int i = 0; i < grid.size(); i++) {
            rounds = Math.max(rounds, cycles(grid.level(i)));
        }
        return rounds;
    }

    private int cycles(int level) {
        return switch (exponents) {
            case FREE -> (Digits.free(level, shifts) + terms - 1) / terms;
            case WINDOWS -> Digits.inWindows(level, window(), shifts);
            case TABLE -> 1;
        };
    }

    private static Grid grid(Fit fit) {
        return fit.grid().orElseThrow();
    }
}
