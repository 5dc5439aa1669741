package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * A systolic array of integer multipliers. Weights are signed integers of the multiplier's width.
 * Activations may be as wide without a sign, or with one: their side of the multiplier has one bit
 * more, so that an int8 array takes -256 to 255. Codes of grids that are not evenly spaced become
 * integers at the edge of the array, and zero points are subtracted there if it is built for them.
 */
@Component
@BackendService(id = "systolic")
public final class SystolicArray implements Backend {

    private static final List<Integer> WIDTHS = List.of(4, 8, 16);

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "systolic array of integer multipliers",
                    Dataflow.WEIGHT_STATIONARY,
                    Edge.parameters(
                            0,
                            Datapath.parameters("twice the multiplier's and 8", "multiplier"),
                            Parameter.choice("multiplier", "int4", "int8", "int16")
                                    .defaultsTo("int8")
                                    .documented(
                                            "width of a signed weight; an activation has one bit more")));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int bits = width(settings);
        int roomy = 2 * bits + 8;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        int codeBits = settings.whole("code-bits");
        var chassis = Chassis.of(settings);

        var element =
                List.of(
                        new BillItem("multipliers", new Multiplier(bits, bits + 1), 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem("registers", new Register(bits + bits + 1 + sum), 1));
        var edge = new ArrayList<>(Edge.partialSums(chassis, sum));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        edge.addAll(Edge.decoders(chassis, datapath, codeBits, bits, bits + 1));
        edge.addAll(Edge.zeroPoints(chassis, settings, bits, bits + 1));
        return chassis.machine(datapath, element, new Requantize(datapath, bits, codeBits), edge);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        int bits = width(settings);
        return Edge.refuseCodes("weight", operands.weights(), settings)
                .or(() -> Edge.refuseCodes("activation", operands.activations(), settings))
                .or(() -> Edge.refuseLevels("weight", operands.weights(), bits, this::wider))
                .or(
                        () ->
                                Edge.refuseLevels(
                                        "activation",
                                        operands.activations(),
                                        bits + 1,
                                        needed -> wider(needed - 1)))
                .<Verdict>map(Verdict.Refusal::new)
                .orElse(new Verdict.Acceptance(1));
    }

    private static int width(Settings settings) {
        return Integer.parseInt(settings.choice("multiplier").substring("int".length()));
    }

    /** The setting of the narrowest multiplier that is wide enough. */
    private String wider(int bits) {
        return WIDTHS.stream()
                .filter(width -> width >= bits)
                .findFirst()
                .map(width -> "multiplier int" + width)
                .orElse("");
    }
}
