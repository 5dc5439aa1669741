package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

/**
 * The convolution core of NVDLA, in direct mode (nvdla.org, hardware manual: unit description). A
 * row is a channel (Atomic-C), a column a filter (Atomic-K). In a cycle all rows of activations
 * meet the weights that every column keeps, and a tree adds the products of a column. Weights stay
 * for a stripe of results while those of the next stripe are loaded beside them, one column a
 * cycle.
 *
 * <p>Layers of up to four channels are images: pixels of a window side by side, and those of up to
 * four of its lines, are taken as channels. It takes plain integers; zeros are not skipped, nothing
 * is compressed, and Winograd's products are not used.
 */
@Component
@BackendService(id = "nvdla")
public final class NvdlaArray implements Backend {

    /** Results that a stripe has at most; 16 to 32 (unit description, stripe operation). */
    private static final int STRIPE = 32;

    private static final int CHANNELS_OF_AN_IMAGE = 4;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "NVDLA: a direct convolution core, channels by filters, with weights kept for stripes",
                    new Chassis.Typical(
                            // the full configuration of the primer: 2048 multipliers, 512 KB
                            64,
                            32,
                            List.of(Dataflow.WEIGHT_STATIONARY),
                            Quantity.of(1, Unit.GIGAHERTZ),
                            Quantity.of(16, Unit.NANOMETRE),
                            Quantity.of(0.8, Unit.VOLT),
                            new Buffers(256 << 10, 256 << 10, 32 << 10)),
                    own());

    private static Parameter[] own() {
        var all = new ArrayList<Parameter>();
        all.add(
                Parameter.choice("multiplier", "int8", "int16")
                        .defaultsTo("int8")
                        .documented("width of a signed weight; an activation has one bit more"));
        all.addAll(Datapath.parameters("34 for int8 and 48 for int16", "multiplier"));
        return all.toArray(Parameter[]::new);
    }

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        int bits = Edge.multiplierBits(settings);
        var array = Chassis.of(settings);
        // CACC keeps 34 bits for int8, 48 for int16 (unit description).
        int kept = bits == 8 ? 34 : 48;
        var datapath = Datapath.of(settings, kept);
        int sum = Edge.adderBits(datapath, kept);
        int product = 2 * bits + 1;
        int tree = product + Digits.bitsToCount(array.rows());
        // Each column adds to sums of its own.
        var chassis = array.in(new Buffers.Banks(1, 1, array.columns()));

        var element =
                List.of(
                        new BillItem("multipliers", new Multiplier(bits, bits + 1), 1),
                        new BillItem("adder trees", new Adder(tree), 1),
                        // the weight at work, the one that is loaded, and the activation
                        new BillItem("registers", new Register(3 * bits + 1), 1));
        var edge = new ArrayList<BillItem>();
        edge.add(new BillItem("accumulators", new Adder(sum), chassis.columns()));
        edge.add(new BillItem("accumulator registers", new Register(sum), chassis.columns()));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        return chassis.machine(datapath, element, new Requantize(datapath, bits, 0), edge);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        int bits = Edge.multiplierBits(settings);
        return refuse("weight", operands.weights(), bits)
                .or(() -> refuse("activation", operands.activations(), bits + 1))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> accept(LayerShape.of(operands), operands, settings));
    }

    private static Optional<String> refuse(String operand, Fit fit, int signedBits) {
        return Edge.refuseCoded(operand, fit)
                .or(
                        () ->
                                Edge.refuseLevels(
                                        operand,
                                        fit,
                                        signedBits,
                                        () -> signedBits <= 9 ? "multiplier int16" : ""));
    }

    private static Verdict accept(LayerShape layer, Operands operands, Settings settings) {
        var array = settings.extent("array");
        long blocks = (long) layer.groups() * ceil(layer.filters(), array.columns());
        long atoms = blocks * atoms(layer, array.rows());
        // Fewer results than columns: the next weights are not there in time.
        long cycles = atoms * Math.max(layer.pixels(), Math.min(layer.filters(), array.columns()));
        long stripes = ceil(layer.pixels(), STRIPE);
        double weights =
                (double) layer.macs() / layer.pixels() * operands.weights().encoding().bits();
        double taken =
                (double) layer.macs()
                        / layer.filters()
                        * ceil(layer.filters(), array.columns())
                        * operands.activations().encoding().bits();
        // A sum is read and written for each atom, but not read for the first.
        long sums = layer.pixels() * layer.filters() * layer.groups();
        long touched = sums * (2 * atoms(layer, array.rows()) - 1);
        return new Verdict.Acceptance(
                1,
                Optional.of(
                        new Timing(
                                cycles,
                                Edge.words(weights * stripes),
                                Edge.words(taken),
                                touched)));
    }

    /**
     * Cycles that a result of a column takes: a window, as many channels at once as there are rows.
     */
    private static long atoms(LayerShape layer, int rows) {
        long plain = (long) layer.height() * layer.width() * ceil(layer.channels(), rows);
        if (layer.groups() > 1 || layer.channels() > CHANNELS_OF_AN_IMAGE) {
            return plain;
        }
        long line = (long) layer.width() * layer.channels();
        return IntStream.of(1, 2, 4)
                .mapToLong(lines -> ceil(layer.height(), lines) * ceil(line * lines, rows))
                .reduce(plain, Math::min);
    }

    private static long ceil(long number, long by) {
        return (number + by - 1) / by;
    }
}
