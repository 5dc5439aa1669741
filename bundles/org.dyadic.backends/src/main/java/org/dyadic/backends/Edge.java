package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Saturator;
import org.dyadic.api.hardware.Component.Selector;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/** The border of an array: which operands may enter, and the parts that let them in and out. */
final class Edge {

    private Edge() {}

    private static final int MOST_ACTIVATION_BITS = 16;

    /** How wide activations are inside. */
    static final Parameter ACTIVATION_BITS =
            Parameter.whole("activation-bits", 2, MOST_ACTIVATION_BITS)
                    .defaultsTo(8)
                    .documented("width of an activation without its sign: 8 takes -256 to 255");

    /** How wide weights are inside, where codes become integers. */
    static final Parameter WEIGHT_BITS =
            Parameter.whole("weight-bits", 2, 16)
                    // sums of two of eight powers reach 256
                    .defaultsTo(10)
                    .documented("width of the level of a weight, with its sign");

    /** An array's own settings, those of its border, and those of its arithmetic. */
    static Parameter[] parameters(int leastCodeBits, List<Parameter> datapath, Parameter... own) {
        var all = new ArrayList<>(List.of(own));
        all.add(codeBits(leastCodeBits));
        all.add(ZERO_POINTS);
        all.addAll(datapath);
        return all.toArray(Parameter[]::new);
    }

    /**
     * The width of the adders: that of the accumulator; where it saturates, at least the width that
     * has room for the sums on their way.
     */
    static int adderBits(Datapath datapath, int roomy) {
        return datapath.overflow() == Overflow.SATURATE
                ? Math.max(datapath.accumulatorBits(), roomy)
                : datapath.accumulatorBits();
    }

    /** What takes the sum that leaves a column to the nearest that fits the accumulator. */
    static List<BillItem> saturators(Chassis chassis, Datapath datapath, int adderBits) {
        int bits = datapath.accumulatorBits();
        return adderBits == bits
                ? List.of()
                : List.of(
                        new BillItem(
                                "saturators", new Saturator(adderBits, bits), chassis.columns()));
    }

    /** The widest code whose decoders and level search the edge has. */
    private static Parameter codeBits(int min) {
        return Parameter.whole("code-bits", min, 8)
                .defaultsTo(4)
                .documented(
                        "widest code of a grid that is not uniform; sizes decoders and level search");
    }

    /**
     * Decoders for the weights of each column and the activations of each row, with the tables they
     * look up and the thresholds that results are compared with. All columns share them, unless
     * they compare the sums themselves: then each channel has thresholds of its own.
     */
    static List<BillItem> decoders(
            Chassis chassis, Datapath datapath, int codeBits, int weightBits, int activationBits) {
        if (codeBits == 0) {
            return List.of();
        }
        var all =
                new ArrayList<>(
                        List.of(
                                new BillItem(
                                        "weight decoders",
                                        new Decoder(codeBits, weightBits),
                                        chassis.columns()),
                                new BillItem(
                                        "weight decoder tables",
                                        new Register(weightBits),
                                        1L << codeBits)));
        all.addAll(activationDecoders(chassis, datapath, codeBits, activationBits));
        return all;
    }

    /** The same where weights come in as codes. */
    static List<BillItem> activationDecoders(
            Chassis chassis, Datapath datapath, int codeBits, int activationBits) {
        long codes = 1L << codeBits;
        boolean ofSums = datapath.requantizer() instanceof Requantizer.Thresholds;
        return List.of(
                new BillItem(
                        "activation decoders",
                        new Decoder(codeBits, activationBits),
                        chassis.rows()),
                new BillItem("activation decoder tables", new Register(activationBits), codes),
                ofSums
                        ? new BillItem(
                                "level thresholds",
                                new Register(datapath.accumulatorBits()),
                                (codes - 1) * chassis.columns())
                        // half way between two levels takes one bit more
                        : new BillItem(
                                "level thresholds", new Register(activationBits + 1), codes - 1));
    }

    /**
     * What adds a partial sum to those before it at one of so many places: an array whose elements
     * multiply by a few bits of a weight takes a pass for every such slice of a wider one.
     */
    static List<BillItem> slices(Chassis chassis, int slices, int bits) {
        return slices == 1
                ? List.of()
                : List.of(
                        new BillItem(
                                "slice shifters", new Selector(slices, bits), chassis.columns()));
    }

    /** Whether the edge takes codes less a zero point: grids of level zero at another code. */
    private static final Parameter ZERO_POINTS =
            Parameter.choice("zero-points", "no", "yes")
                    .defaultsTo("no")
                    .documented("subtractors for the zero points of asymmetric uniform grids");

    /** What subtracts the zero points of what enters and adds those of what leaves. */
    static List<BillItem> zeroPoints(
            Chassis chassis, Settings settings, int weightBits, int activationBits) {
        if (settings.choice(ZERO_POINTS.name()).equals("no")) {
            return List.of();
        }
        return List.of(
                new BillItem("weight zero points", new Adder(weightBits), chassis.columns()),
                new BillItem("activation zero points", new Adder(activationBits), chassis.rows()),
                new BillItem("result zero points", new Adder(activationBits), chassis.columns()));
    }

    /** What adds the partial sums that leave a column, where sums do not stay in the elements. */
    static List<BillItem> partialSums(Chassis chassis, int bits) {
        return chassis.dataflow() == Dataflow.OUTPUT_STATIONARY
                ? List.of()
                : List.of(new BillItem("partial sum adders", new Adder(bits), chassis.columns()));
    }

    /** Why codes cannot be decoded, or nothing. */
    static Optional<String> refuseCodes(String operand, Fit fit, Settings settings) {
        int codeBits = settings.whole("code-bits");
        if (fit.grid().isEmpty()) {
            return Optional.of(
                    operand
                            + "s are "
                            + fit.encoding().describe()
                            + " and this array computes in integers; quantize them");
        }
        var encoding = fit.encoding();
        if (encoding instanceof Encoding.Uniform uniform) {
            boolean refused =
                    uniform.zeroPoint() != 0 && settings.choice(ZERO_POINTS.name()).equals("no");
            return refused
                    ? Optional.of(
                            operand
                                    + "s are coded as "
                                    + uniform.describe()
                                    + ", and nothing here subtracts it; zero-points yes would fit")
                    : Optional.empty();
        }
        if (encoding.bits() <= codeBits) {
            return Optional.empty();
        }
        return Optional.of(
                operand
                        + "s are coded as "
                        + encoding.describe()
                        + ", and the decoders take at most "
                        + codeBits
                        + " bits; "
                        + (encoding.bits() <= 8
                                ? "code-bits " + encoding.bits() + " would fit"
                                : "8 is the most that code-bits allows"));
    }

    /**
     * Why levels do not fit signed wires of so many bits, or nothing.
     *
     * @param remedy the setting under which they fit, or an empty text
     */
    static Optional<String> refuseLevels(
            String operand, Fit fit, int signedBits, Supplier<String> remedy) {
        var grid = fit.grid().orElseThrow();
        if (signedBits(grid) <= signedBits) {
            return Optional.empty();
        }
        String setting = remedy.get();
        return Optional.of(
                operand
                        + " levels "
                        + grid.min()
                        + " to "
                        + grid.max()
                        + " do not fit "
                        + -(1 << (signedBits - 1))
                        + " to "
                        + ((1 << (signedBits - 1)) - 1)
                        + "; "
                        + (setting.isEmpty()
                                ? "no setting of this array would fit"
                                : setting + " would fit"));
    }

    /** Why activations do not fit {@link #ACTIVATION_BITS}, or nothing. */
    static Optional<String> refuseActivations(Fit activations, Settings settings) {
        return refuseLevels(
                "activation",
                activations,
                settings.whole(ACTIVATION_BITS.name()) + 1,
                () -> {
                    int needed = signedBits(activations.grid().orElseThrow()) - 1;
                    return needed <= MOST_ACTIVATION_BITS
                            ? ACTIVATION_BITS.name() + " " + needed
                            : "";
                });
    }

    /** The width in two's complement in which every level of a grid fits. */
    static int signedBits(Grid grid) {
        return Math.max(signedBits(grid.min()), signedBits(grid.max()));
    }

    /** Why an array without decoders and subtractors cannot take an operand, or nothing. */
    static Optional<String> refuseCoded(String operand, Fit fit) {
        if (fit.encoding() instanceof Encoding.Uniform uniform && uniform.zeroPoint() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                operand
                        + "s are "
                        + (fit.grid().isPresent() ? "coded as " : "")
                        + fit.encoding().describe()
                        + ", and this array multiplies plain integers without zero point");
    }

    /** The bits of a multiplier that a setting calls {@code int8} or {@code int16}. */
    static int multiplierBits(Settings settings) {
        return Integer.parseInt(settings.choice("multiplier").substring("int".length()));
    }

    /** Words of the buffers that so many bits fill. */
    static long words(double bits) {
        return (long) Math.ceil(bits / Buffers.WORD_BITS);
    }

    /** The width of a number in two's complement. */
    private static int signedBits(int number) {
        int magnitude = number < 0 ? ~number : number;
        return Integer.SIZE - Integer.numberOfLeadingZeros(magnitude) + 1;
    }
}
