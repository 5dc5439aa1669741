package com.example.bitserial;

import static org.dyadic.api.hardware.Buffers.WORD_BITS;

import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Special;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Operation;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An array that takes activations bit by bit, so that a layer is the faster the fewer bits they
 * have; the idea is that of Stripes (Judd et al., MICRO 2016). An element holds a weight and
 * multiplies it by one bit a cycle, which takes a row of AND gates; a column adds up its elements.
 */
@Component
@BackendService(id = "bit-serial")
public final class BitSerialArray implements Backend {

    /** What this platform has no word for; {@link AndGates} prices it. */
    static final String BIT_PRODUCT = "bit product";

    private static final int ACCUMULATOR_BITS = 32;
    private static final int WIDEST_ACTIVATION = 16;

    private static final ParameterSpec PARAMETERS =
            parameters(
                    Parameter.whole("weight-bits", 2, 8)
                            .defaultsTo(8)
                            .documented("width of a weight, sign included"));

    private static ParameterSpec parameters(Parameter own) {
        var all = new ArrayList<>(List.of(own));
        all.addAll(Datapath.parameters("32", "multiplier"));
        return Chassis.parameters(
                "weight-stationary array that takes activations bit by bit",
                Chassis.Typical.of(List.of(Dataflow.WEIGHT_STATIONARY)),
                all.toArray(Parameter[]::new));
    }

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        var chassis = Chassis.of(settings);
        var datapath = Datapath.of(settings, ACCUMULATOR_BITS);
        int weightBits = settings.whole("weight-bits");
        var element =
                List.of(
                        new BillItem("bit products", new Special(BIT_PRODUCT, weightBits), 1),
                        new BillItem("weights", new Register(weightBits), 1),
                        new BillItem("adders", new Adder(datapath.accumulatorBits()), 1));
        var edge =
                List.of(
                        new BillItem(
                                "shifted sums",
                                new Adder(datapath.accumulatorBits()),
                                chassis.columns()),
                        new BillItem(
                                "serializers", new Register(WIDEST_ACTIVATION), chassis.rows()));
        return chassis.machine(
                datapath, element, new Requantize(datapath, WIDEST_ACTIVATION, 0), edge);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return refusal("weight", operands.weights(), settings.whole("weight-bits"))
                .or(() -> refusal("activation", operands.activations(), WIDEST_ACTIVATION))
                .<Verdict>map(Verdict.Refusal::new)
                .orElseGet(() -> acceptance(operands, settings));
    }

    private static Optional<String> refusal(String operand, Fit fit, int bits) {
        if (!(fit.encoding() instanceof Encoding.Uniform uniform) || uniform.zeroPoint() != 0) {
            return Optional.of(
                    operand
                            + "s are "
                            + fit.encoding().describe()
                            + ", and this array multiplies plain integers without zero point");
        }
        int needed =
                operand.equals("weight") && !uniform.signed() ? uniform.bits() + 1 : uniform.bits();
        return needed <= bits
                ? Optional.empty()
                : Optional.of(
                        operand
                                + "s need "
                                + needed
                                + " bits, and this array has "
                                + bits
                                + (operand.equals("weight") && needed <= 8
                                        ? "; weight-bits " + needed + " would fit"
                                        : ""));
    }

    private static Verdict acceptance(Operands operands, Settings settings) {
        int bits = operands.activations().encoding().bits();
        return new Verdict.Acceptance(1.0 / bits, Optional.of(timing(operands, settings, bits)));
    }

    /** Tile by tile: weights enter row by row, then the bits of every pixel stream past them. */
    private static Timing timing(Operands operands, Settings settings, int bits) {
        var array = settings.extent("array");
        var matrix = Matrix.of(operands);
        long deep = up(matrix.inputs(), array.rows());
        long wide = up(matrix.outputs(), array.columns());
        long sums = matrix.groups() * matrix.pixels() * matrix.outputs();
        long weights = matrix.groups() * matrix.outputs() * matrix.inputs();
        long activations = matrix.groups() * matrix.pixels() * matrix.inputs();
        return new Timing(
                matrix.groups() * deep * wide * (array.rows() + matrix.pixels() * bits),
                up(weights * operands.weights().encoding().bits(), WORD_BITS),
                up(activations * bits, WORD_BITS) * wide,
                sums * (2 * deep - 1)); // all but the first partial sum are read before
    }

    private static long up(long whole, long part) {
        return (whole + part - 1) / part;
    }

    /** A layer as a product of matrices: for each group, pixels x inputs by inputs x outputs. */
    private record Matrix(long groups, long pixels, long inputs, long outputs) {

        static Matrix of(Operands operands) {
            if (operands.operation() instanceof Operation.Convolution convolution) {
                var weights = convolution.weights().shape();
                var result = operands.output();
                return new Matrix(
                        convolution.groups(),
                        (long) result.extent(1) * result.extent(2),
                        weights.elements() / weights.extent(0),
                        weights.extent(0) / convolution.groups());
            }
            var weights = ((Operation.Dense) operands.operation()).weights().shape();
            return new Matrix(
                    1,
                    operands.output().elements() / weights.extent(0),
                    weights.extent(1),
                    weights.extent(0));
        }
    }
}
