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
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Selector;
import org.dyadic.api.hardware.Component.Shared;
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
 * UNPU (Lee et al., ISSCC 2018 and JSSC 2019): weights go in bit by bit, and bits of several
 * weights together look up a sum of activations. A row has a table of the sums of three
 * activations, and each of its columns, a filter, takes one of them in a cycle. The rows of a
 * result add what they take in a tree, whose sum is shifted and accumulated. So an element does
 * {@code 3/w} products of w-bit weights in a cycle, and 4 with weights of one bit, whose table of
 * four is half as large by its symmetry. Activations have 16 bits or fewer, at the price of 16. It
 * takes plain integers alone.
 *
 * <p>That three and four are read off the published peaks, 345.6 GOPS at 16 bits and 7372 at 1 bit
 * and 200 MHz: 864 products of 16 bits are 13824 of one, of which there are 4/3 as many when all
 * have one bit. Four cores, each with a weight memory and six units, are published; that a unit is
 * 12 tables for 16 filters, which together make the 4608 look-ups of that peak, is our division,
 * and so is the tree.
 *
 * <p>It times its layers by {@code ceil(OC/columns) ceil(OH OW/units) ceil(K^2 IC/(p rows/units))
 * w} cycles for each group: units work on results side by side, and elements of windows and
 * channels fill the other rows without gaps, which the chip's aligned feature loaders are taken to
 * manage. Tables are charged as if they were filled in every cycle.
 */
@Component
@BackendService(id = "unpu")
public final class UnpuArray implements Backend {

    /** Each with memories of its own (ISSCC 2018). */
    private static final int CORES = 4;

    private static final int ACTIVATION_BITS = 16;
    private static final int MOST_WEIGHT_BITS = 16;

    /** Activations of a table, and of one for weights of a single bit. */
    private static final int OPERANDS = 3;

    private static final int OPERANDS_OF_ONE_BIT = 4;

    /** A sum of three activations. */
    private static final int ENTRY_BITS = ACTIVATION_BITS + 2;

    /** Sums of two or three of three activations: ab, ac, bc, abc. */
    private static final int SUMS = 4;

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "UNPU: weights of 1 to 16 bits, bit by bit, that look up sums of activations",
                    new Chassis.Typical(
                            // 4 cores x 6 units x 12 tables for 16 filters: 4608 look-ups a cycle
                            288,
                            16,
                            List.of(Dataflow.OUTPUT_STATIONARY),
                            // 65 nm, at most 200 MHz at 1.1 V (JSSC 2019)
                            Quantity.of(200, Unit.MEGAHERTZ),
                            Quantity.of(65, Unit.NANOMETRE),
                            Quantity.of(1.1, Unit.VOLT),
                            // 256 KB on the chip; unverified, and the division is ours
                            new Buffers(64 << 10, 128 << 10, 64 << 10)),
                    own());

    private static Parameter[] own() {
        var all = new ArrayList<Parameter>();
        all.add(
                Parameter.whole("units", 1, 64)
                        .defaultsTo(6)
                        .documented(
                                "parts of the rows that share weights, each with a result of its own"));
        all.addAll(Datapath.parameters("32", "multiplier"));
        return all.toArray(Parameter[]::new);
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
        var array = Chassis.of(settings);
        var chassis = array.in(new Buffers.Banks(CORES, CORES, 1));
        int sharing = array.columns();
        int tables = tables(array.rows(), settings);
        int tree = ENTRY_BITS + Digits.bitsToCount(tables);
        int entries = 1 << OPERANDS;
        var element =
                List.of(
                        new BillItem("look-ups", new Selector(entries, ENTRY_BITS), 1),
                        new BillItem("adder trees", new Adder(tree), 1),
                        new BillItem("accumulators", new Shared(new Adder(sum), tables), 1),
                        new BillItem(
                                "accumulator registers", new Shared(new Register(sum), tables), 1),
                        new BillItem(
                                "tables", new Shared(new Register(ENTRY_BITS), sharing), entries),
                        new BillItem(
                                "table adders", new Shared(new Adder(ENTRY_BITS), sharing), SUMS));
        return chassis.machine(
                datapath,
                element,
                new Requantize(datapath, ACTIVATION_BITS, 0),
                Edge.saturators(chassis, datapath, sum));
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return refuse("weight", operands.weights(), MOST_WEIGHT_BITS)
                .or(() -> refuse("activation", operands.activations(), ACTIVATION_BITS))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> accept(operands, settings));
    }

    private static Optional<String> refuse(String operand, Fit fit, int bits) {
        return Edge.refuseCoded(operand, fit)
                .or(() -> Edge.refuseLevels(operand, fit, bits, () -> ""));
    }

    private static Verdict accept(Operands operands, Settings settings) {
        var layer = LayerShape.of(operands);
        var array = settings.extent("array");
        int bits = operands.weights().encoding().bits();
        int together = bits == 1 ? OPERANDS_OF_ONE_BIT : OPERANDS;
        int units = units(array.rows(), settings);
        long tables = tables(array.rows(), settings);
        long covered = (long) layer.height() * layer.width() * layer.channels();
        long filters = layer.groups() * ceil(layer.filters(), array.columns());
        long results = ceil(layer.pixels(), units);
        long cycles = filters * results * ceil(covered, tables * together) * bits;
        double weights = (double) layer.groups() * layer.filters() * covered * results * bits;
        double activations =
                (double) filters
                        * layer.pixels()
                        * covered
                        * operands.activations().encoding().bits();
        return new Verdict.Acceptance(
                (double) together / bits,
                Optional.of(
                        new Timing(
                                cycles,
                                Edge.words(weights),
                                Edge.words(activations),
                                layer.pixels() * layer.filters() * layer.groups())));
    }

    private static int units(int rows, Settings settings) {
        return Math.min(settings.whole("units"), rows);
    }

    /** Rows that add to one result. */
    private static int tables(int rows, Settings settings) {
        return rows / units(rows, settings);
    }

    private static long ceil(long number, long by) {
        return (number + by - 1) / by;
    }
}
