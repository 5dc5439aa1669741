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
 * An array for weights that are single powers of two: an element shifts, negates and adds. Weights
 * of several powers, such as the plain integers of a first layer, take a cycle for each signed
 * digit.
 */
@Component
@BackendService(id = "pot-array")
public final class PotArray implements Backend {

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "array of single shifters for power-of-two weights",
                    Dataflow.WEIGHT_STATIONARY,
                    Edge.parameters(
                            1,
                            Datapath.parameters("activation-bits, shifts and 8", "shifts-1"),
                            ShiftElements.SHIFTS,
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
                1, settings.whole(ShiftElements.SHIFTS.name()), ShiftElements.Exponents.FREE);
    }
}
