package org.dyadic.backends;

import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * What levels of any spacing cost without special arithmetic: tables at the edge of the array turn
 * codes into integers, and the elements multiply integers, each side as wide as the levels need and
 * no wider. A plain integer passes the tables by. It is the rival that an array for powers of two
 * has to beat: a weight of two free powers of two with 4 bit activations takes as many gates as an
 * ordinary 8 x 4 bit multiplier.
 *
 * <p>{@link SystolicArray} has the four usual multipliers and may do without tables; this array has
 * any widths, and always has them.
 */
@Component
@BackendService(id = "decode")
public final class DecodeArray implements Backend {

    private static final int MOST_BITS = 16;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "integer multipliers as wide as the levels need; codes become integers at the edge",
                    Dataflow.WEIGHT_STATIONARY,
                    Edge.parameters(
                            1,
                            Datapath.parameters("weight-bits, activation-bits and 8", "multiplier"),
                            Edge.WEIGHT_BITS,
                            Edge.ACTIVATION_BITS));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        return elements(settings).machine(settings);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return elements(settings).judge(operands, settings, () -> wider(operands, settings));
    }

    private static IntegerElements elements(Settings settings) {
        return new IntegerElements(
                settings.whole(Edge.WEIGHT_BITS.name()), settings.whole("activation-bits"));
    }

    private static String wider(Operands operands, Settings settings) {
        var has = elements(settings);
        var needed = IntegerElements.of(operands).orElseThrow();
        if (Math.max(needed.weightBits(), needed.activationBits()) > MOST_BITS) {
            return "";
        }
        String weights =
                needed.weightBits() > has.weightBits() ? "weight-bits " + needed.weightBits() : "";
        String activations =
                needed.activationBits() > has.activationBits()
                        ? "activation-bits " + needed.activationBits()
                        : "";
        return weights.isEmpty() || activations.isEmpty()
                ? weights + activations
                : weights + " and " + activations;
    }
}
