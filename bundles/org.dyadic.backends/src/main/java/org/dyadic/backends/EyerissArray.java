package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Sram;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

/**
 * Eyeriss (Chen et al., ISCA 2016 and JSSC 2017): a row-stationary array of 16 bit elements, each
 * with scratch pads for rows of weights, activations and sums. It takes plain integers, narrow ones
 * at the price of wide ones. The chip cuts products to 16 bits; here sums keep the accumulator's
 * width. Its layers are timed by {@link RowStationary}, for a batch that shares the weights in the
 * array; zeros are not skipped and nothing is compressed.
 */
@Component
@BackendService(id = "eyeriss")
public final class EyerissArray implements Backend {

    private static final int BITS = 16;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "Eyeriss: a row-stationary array of 16 bit elements with scratch pads",
                    new Chassis.Typical(
                            // 168 elements at 200 MHz in 65 nm; of the 108 KB buffer 100 hold
                            // activations and sums (JSSC 2017)
                            12,
                            14,
                            List.of(Dataflow.ROW_STATIONARY),
                            Quantity.of(200, Unit.MEGAHERTZ),
                            Quantity.of(65, Unit.NANOMETRE),
                            Quantity.of(1.0, Unit.VOLT),
                            new Buffers(8 << 10, 16 << 10, 84 << 10)),
                    own());

    private static Parameter[] own() {
        var all = new ArrayList<Parameter>();
        all.add(
                Parameter.whole("batch", 1, 64)
                        .defaultsTo(4)
                        .documented(
                                "images that share the weights in the array; figures are for one"));
        all.add(pad("weight-pad", 224, "weights that an element keeps"));
        all.add(pad("activation-pad", 12, "activations that an element keeps"));
        all.add(pad("sum-pad", 24, "partial sums that an element keeps"));
        all.addAll(Datapath.parameters("32", "multiplier"));
        return all.toArray(Parameter[]::new);
    }

    /** Scratch pads; the defaults are those of the chip (JSSC 2017). */
    private static Parameter pad(String name, int words, String line) {
        return Parameter.whole(name, 1, 4096).defaultsTo(words).documented(line);
    }

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int roomy = 32;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        var chassis = Chassis.of(settings);
        var element =
                List.of(
                        new BillItem("multipliers", new Multiplier(BITS, BITS), 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem(
                                "weight pads",
                                new Sram(settings.whole("weight-pad") * BITS / Byte.SIZE, BITS),
                                1),
                        new BillItem(
                                "activation pads",
                                new Register(settings.whole("activation-pad") * BITS),
                                1),
                        new BillItem("sum pads", new Register(settings.whole("sum-pad") * sum), 1));
        return chassis.machine(
                datapath,
                element,
                new Requantize(datapath, BITS, 0),
                Edge.saturators(chassis, datapath, sum));
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return refuse("weight", operands.weights())
                .or(() -> refuse("activation", operands.activations()))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> RowStationary.of(settings).judge(LayerShape.of(operands)));
    }

    private static Optional<String> refuse(String operand, Fit fit) {
        return Edge.refuseCoded(operand, fit)
                .or(() -> Edge.refuseLevels(operand, fit, BITS, () -> ""));
    }
}
