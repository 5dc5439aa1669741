package org.dyadic.backends;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Selector;
import org.dyadic.api.hardware.Component.Shared;
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
 * An array for weights of any few magnitudes. The products of an activation with every magnitude
 * are made once, at the edge of its row; an element chooses one of them by the code of its weight,
 * negates it if the weight is negative, and adds it. So levels may lie anywhere, and what counts is
 * how many magnitudes there are: half as many as there are codes, for one bit is the sign.
 *
 * <p>Weights of more magnitudes are executed in slices, as plain digits of one bit less than a
 * code, each added at its place at the edge of the column.
 */
@Component
@BackendService(id = "codebook-array")
public final class CodebookArray implements Backend {

    private static final int MOST_SLICES = 4;
    private static final int MOST_CODE_BITS = 8;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "array that makes the products with every level at the row edge and chooses in"
                            + " the element",
                    // Products come from the row's edge, so that activations cannot stay inside.
                    Chassis.Typical.of(
                            List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY)),
                    Edge.parameters(
                            2,
                            Datapath.parameters("weight-bits, activation-bits and 8", "multiplier"),
                            Edge.WEIGHT_BITS,
                            Parameter.whole("slices", 1, MOST_SLICES)
                                    .defaultsTo(3)
                                    .documented(
                                            "places at which a column adds, for weights of more"
                                                    + " magnitudes than there are codes"),
                            Edge.ACTIVATION_BITS));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int codeBits = settings.whole("code-bits");
        int weight = settings.whole(Edge.WEIGHT_BITS.name());
        int activation = settings.whole(Edge.ACTIVATION_BITS.name()) + 1;
        int roomy = weight + activation - 1 + 8;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        int product = weight - 1 + activation; // of a magnitude, which has no sign
        int magnitudes = magnitudes(codeBits);
        var chassis = Chassis.of(settings);
        int row = chassis.columns();

        var element =
                List.of(
                        new BillItem("selectors", new Selector(magnitudes, product), 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem("registers", new Register(codeBits + sum), 1),
                        // at the edge, for every activation once
                        new BillItem(
                                "level products",
                                new Shared(new Multiplier(weight, activation), row),
                                magnitudes),
                        new BillItem(
                                "product registers",
                                new Shared(new Register(product), row),
                                magnitudes));
        var edge = new ArrayList<>(Edge.partialSums(chassis, sum));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        edge.addAll(Edge.slices(chassis, settings.whole("slices"), sum));
        edge.add(new BillItem("level registers", new Register(weight), magnitudes));
        edge.add(
                new BillItem(
                        "weight decoders", new Decoder(codeBits, codeBits), chassis.columns()));
        edge.addAll(Edge.activationDecoders(chassis, datapath, codeBits, activation));
        edge.addAll(Edge.zeroPoints(chassis, settings, weight, activation));
        return chassis.machine(
                datapath, element, new Requantize(datapath, activation - 1, codeBits), edge);
    }

    private static int magnitudes(int codeBits) {
        return 1 << (codeBits - 1);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return Edge.refuseCodes("weight", operands.weights(), settings)
                .or(() -> Edge.refuseCodes("activation", operands.activations(), settings))
                .or(() -> Edge.refuseActivations(operands.activations(), settings))
                .or(
                        () ->
                                Edge.refuseLevels(
                                        "weight",
                                        operands.weights(),
                                        settings.whole(Edge.WEIGHT_BITS.name()),
                                        () -> wider(operands.weights().grid().orElseThrow())))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> judge(operands.weights().grid().orElseThrow(), settings));
    }

    private static String wider(Grid weights) {
        int bits = Edge.signedBits(weights);
        return bits <= 16 ? "weight-bits " + bits : "";
    }

    private static Verdict judge(Grid weights, Settings settings) {
        int codeBits = settings.whole("code-bits");
        int slices = slices(weights, codeBits);
        if (slices <= settings.whole("slices")) {
            return new Verdict.Acceptance(1.0 / slices);
        }
        return new Verdict.Refusal(
                "weights have "
                        + magnitudes(weights)
                        + " magnitudes, and an element chooses among "
                        + magnitudes(codeBits)
                        + "; "
                        + remedy(weights, slices));
    }

    private static String remedy(Grid weights, int slices) {
        return IntStream.rangeClosed(2, MOST_CODE_BITS)
                .filter(bits -> magnitudes(weights) <= magnitudes(bits))
                .mapToObj(bits -> "code-bits " + bits + " would fit")
                .findFirst()
                .orElse(
                        slices <= MOST_SLICES
                                ? "slices " + slices + " would fit"
                                : "no setting of this array would fit");
    }

    /** Passes that a grid takes: one if its magnitudes fit, or one for each digit. */
    private static int slices(Grid weights, int codeBits) {
        if (magnitudes(weights) <= magnitudes(codeBits)) {
            return 1;
        }
        int digit = codeBits - 1;
        int slices = 1;
        int most = magnitudes(codeBits) - 1;
        // The highest digit has a sign of its own; those below it count from zero.
        while (Math.max(
                        Math.abs(weights.min() >> (slices - 1) * digit),
                        Math.abs(weights.max() >> (slices - 1) * digit))
                > most) {
            slices++;
        }
        return slices;
    }

    private static long magnitudes(Grid weights) {
        return Arrays.stream(weights.levels()).map(Math::abs).distinct().count();
    }
}
