package org.dyadic.backends;

import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.Chassis;
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
 * An array whose elements multiply by sums of signed powers of two: shifters and an adder instead
 * of a multiplier. It is our reading of the accelerator of Xia et al. (TCAS-I 2023), whose circuits
 * are not public.
 *
 * <p>A weight is decoded once, at the edge of its column, to the sign and shift of each of its
 * terms; an activation, at the edge of its row, to an integer. A weight of more terms than an
 * element has takes several cycles. How many terms a grid needs depends on its levels alone, not on
 * how they are coded: a uniform weight is executed in its signed-digit form.
 *
 * <p>Shifters are smaller if the terms share the shifts out among them ({@code exponents windows});
 * a level of two powers in one window then takes two cycles. Where the elements keep codes and look
 * the powers up ({@code exponents table}) they need fewer registers and decoders of their own, and
 * execute power sums alone.
 */
@Component
@BackendService(id = "upot-array")
public final class UpotArray implements Backend {

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
                            ShiftElements.SHIFTS,
                            Parameter.choice("exponents", ShiftElements.Exponents.class)
                                    .defaultsTo(ShiftElements.Exponents.FREE)
                                    .documented(
                                            "which shifts a term has: free all; windows a part each;"
                                                    + " table all, looked up by code in the element"),
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
        return elements(settings).judge(operands, settings);
    }

    private static ShiftElements elements(Settings settings) {
        return new ShiftElements(
                settings.whole("terms"),
                settings.whole(ShiftElements.SHIFTS.name()),
                settings.choice("exponents", ShiftElements.Exponents.class));
    }
}
