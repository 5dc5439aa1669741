package ${package};

import java.util.List;
import java.util.Optional;
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
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/** A systolic array of integer multipliers: a backend to start from. */
@Component
@BackendService(id = "${id}")
public final class ${className} implements Backend {

    private static final int ACCUMULATOR_BITS = 32;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "systolic array of integer multipliers",
                    Dataflow.WEIGHT_STATIONARY,
                    Parameter.whole("bits", 2, 8)
                            .defaultsTo(8)
                            .documented("width of weights and activations, sign included"));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int bits = settings.whole("bits");
        var wide = Datapath.wide();
        // What one element is made of; cost models price every part.
        var element =
                List.of(
                        new BillItem("multipliers", new Multiplier(bits, bits + 1), 1),
                        new BillItem("adders", new Adder(ACCUMULATOR_BITS), 1),
                        new BillItem("weights", new Register(bits), 1));
        return Chassis.of(settings)
                .machine(wide, element, new Requantize(wide, bits + 1, 0), List.of());
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        int bits = settings.whole("bits");
        return refusal("weight", operands.weights(), bits)
                .or(() -> refusal("activation", operands.activations(), bits))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> new Verdict.Acceptance(1));
    }

    /** Finishes the sentence: cannot execute layer x. */
    private static Optional<String> refusal(String operand, Fit fit, int bits) {
        boolean fits =
                fit.encoding() instanceof Encoding.Uniform uniform
                        && uniform.zeroPoint() == 0
                        && uniform.bits() <= bits;
        return fits
                ? Optional.empty()
                : Optional.of(
                        operand
                                + "s are "
                                + fit.encoding().describe()
                                + ", and this array takes integers of "
                                + bits
                                + " bits without zero point");
    }
}
