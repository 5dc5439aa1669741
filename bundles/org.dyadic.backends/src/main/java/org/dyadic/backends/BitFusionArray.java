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
import org.dyadic.api.hardware.Component.FusedMultiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

/**
 * Bit Fusion (Sharma et al., ISCA 2018): elements whose multipliers come apart into narrower ones,
 * so that codes of 2 or 4 bits are multiplied several at a time. An element of 8 bits does {@code
 * floor(8/a) floor(8/w)} products of a and w bits in a cycle, one bit counting as two; operands of
 * 16 bits take it two cycles each way. It takes plain integers alone.
 *
 * <p>It times its layers by the model of its authors: {@code ceil(OC/M) OH OW K^2 ceil(IC/(N p))}
 * cycles on N rows and M columns that do p products an element, for each group, and N + M - 2 to
 * fill and drain the array. Every element reads its weights from a bank of its own, every row its
 * activations and every column its sums.
 */
@Component
@BackendService(id = "bit-fusion")
public final class BitFusionArray implements Backend {

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "Bit Fusion: multipliers that come apart into narrower ones down to 2 x 2 bits",
                    new Chassis.Typical(
                            // 512 elements, 112 KB (Sharma et al. 2018, table III)
                            32,
                            16,
                            List.of(Dataflow.OUTPUT_STATIONARY),
                            Quantity.of(500, Unit.MEGAHERTZ),
                            Quantity.of(45, Unit.NANOMETRE),
                            Quantity.of(0.9, Unit.VOLT),
                            new Buffers(64 << 10, 32 << 10, 16 << 10)),
                    own());

    private static Parameter[] own() {
        var all = new ArrayList<Parameter>();
        all.add(
                Parameter.choice("multiplier", "int8", "int16")
                        .defaultsTo("int8")
                        .documented("the widest product that an element does in one cycle"));
        all.addAll(Datapath.parameters("32", "multiplier"));
        return all.toArray(Parameter[]::new);
    }

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int bits = Edge.multiplierBits(settings);
        int roomy = 32;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        var multiplier = new FusedMultiplier(bits);
        // Two bits of a weight and of an activation for each brick, when all work apart.
        int operands = 2 * 2 * multiplier.bricks();
        var array = Chassis.of(settings);
        var chassis =
                array.in(
                        new Buffers.Banks(
                                array.rows() * array.columns(), array.rows(), array.columns()));

        var element =
                List.of(
                        new BillItem("multipliers", multiplier, 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem("registers", new Register(operands + sum), 1));
        var edge = new ArrayList<BillItem>();
        edge.add(new BillItem("accumulators", new Adder(sum), chassis.columns()));
        edge.add(new BillItem("accumulator registers", new Register(sum), chassis.columns()));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        return chassis.machine(datapath, element, new Requantize(datapath, bits, 0), edge);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return Edge.refuseCoded("weight", operands.weights())
                .or(() -> Edge.refuseCoded("activation", operands.activations()))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> accept(operands, settings));
    }

    private static Verdict accept(Operands operands, Settings settings) {
        int bits = Edge.multiplierBits(settings);
        var array = settings.extent("array");
        double weights = times(bits, operands.weights().encoding().bits());
        double activations = times(bits, operands.activations().encoding().bits());
        double products = weights * activations;
        var layer = LayerShape.of(operands);
        long columns = ceil((double) layer.filters() / array.columns());
        long window = (long) layer.height() * layer.width();
        // Several products an element sum channels; several cycles a product repeat them.
        long channels =
                ceil(layer.channels() / (array.rows() * Math.max(1, products)))
                        * ceil(1 / products);
        long steps = layer.groups() * columns * layer.pixels() * window * channels;
        double activationBits =
                (double) layer.groups()
                        * columns
                        * layer.pixels()
                        * window
                        * layer.channels()
                        * operands.activations().encoding().bits();
        return new Verdict.Acceptance(
                products,
                Optional.of(
                        new Timing(
                                steps + array.rows() + array.columns() - 2,
                                Edge.words(
                                        (double) layer.macs()
                                                * operands.weights().encoding().bits()),
                                Edge.words(activationBits),
                                layer.pixels() * layer.filters() * layer.groups())));
    }

    /** How many operands of so many bits take the place of one; half of one that is too wide. */
    private static double times(int width, int bits) {
        int power = Math.max(2, Integer.highestOneBit(2 * bits - 1)); // 3 bits take the place of 4
        return (double) width / power;
    }

    private static long ceil(double number) {
        return (long) Math.ceil(number);
    }
}
