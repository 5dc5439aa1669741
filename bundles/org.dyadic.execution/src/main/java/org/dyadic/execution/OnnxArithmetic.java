package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.LongStream;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.network.OnnxGraph;
import org.dyadic.network.OnnxGraph.Type;

/**
 * The arithmetic of a datapath in operators of ONNX, on 64-bit integers. A number that may be
 * negative is lifted above zero before it is shifted, because ONNX shifts unsigned numbers alone.
 *
 * <p>There is no Max, Min or Clip of 64-bit integers: those of ONNX Runtime 1.29 compare only the
 * lower halves of some numbers.
 */
final class OnnxArithmetic {

    /** Products and what is added to them stay below: {@link FixedPoint} sees to it. */
    private static final int LIFT = 62;

    private final OnnxGraph graph;

    OnnxArithmetic(OnnxGraph graph) {
        this.graph = graph;
    }

    String cast(String name, String value, Type type) {
        return graph.node("Cast", name, Map.of("to", type.code()), List.of(value));
    }

    /**
     * Numbers that a tensor is multiplied by, added to, and shifted by: one for all of it, or as
     * many as {@code extents} say, which then broadcast.
     */
    record Scaling(
            long[] multipliers, long[] addends, int[] shifts, Rounding rounding, long... extents) {

        static Scaling of(FixedPoint factor) {
            return of(factor.multiplier(), factor.shift(), factor.rounding());
        }

        static Scaling of(long multiplier, int shift, Rounding rounding) {
            return new Scaling(new long[] {multiplier}, new long[1], new int[] {shift}, rounding);
        }

        /** A number for each element from its shift. */
        long[] each(IntToLongFunction of) {
            return Arrays.stream(shifts).mapToLong(of::applyAsLong).toArray();
        }
    }

    /**
     * {@code round((x multiplier + addend) / 2^shift)}, saturated to 16 bits: 32-bit integers from
     * 64-bit ones.
     */
    String rescale(String name, String x, Scaling by) {
        var scaled = times(name + ".product", x, by, by.multipliers);
        scaled = plus(name + ".lifted", scaled, by, lift(by));
        var unsigned = cast(name + ".unsigned", scaled, Type.UINT64);
        if (by.rounding == Rounding.HALF_AWAY || by.rounding == Rounding.HALF_EVEN) {
            // Of what is half way, the bit decides: whether it is not negative, whether odd.
            var bit =
                    by.rounding == Rounding.HALF_AWAY
                            ? shifted(name + ".sign", unsigned, "RIGHT", by, by.each(shift -> LIFT))
                            : oddness(name, unsigned, by);
            unsigned = graph.node("Add", name + ".nudged", unsigned, bit);
        }
        long[] places = by.each(shift -> shift);
        var shifted = shifted(name + ".shifted", unsigned, "RIGHT", by, places);
        var lowered =
                plus(
                        name + ".lowered",
                        cast(name + ".signed", shifted, Type.INT64),
                        by,
                        by.each(shift -> -(1L << (LIFT - shift))));
        return saturated(name, lowered);
    }

    /** What is added before the shift: the addend, what lifts, and what rounds. */
    private static long[] lift(Scaling by) {
        var lift = new long[by.shifts.length];
        for (int i = 0; i < lift.length; i++) {
            long half = 1L << (by.shifts[i] - 1);
            long rounds =
                    switch (by.rounding) {
                        case HALF_UP -> half;
                        case FLOOR -> 0;
                        case HALF_AWAY, HALF_EVEN -> half - 1;
                    };
            lift[i] = (1L << LIFT) + by.addends[i] + rounds;
        }
        return lift;
    }

    /** 1 where the integer below the number is odd, before half of the last place was added. */
    private String oddness(String name, String unsigned, Scaling by) {
        long[] half = by.each(shift -> (1L << (shift - 1)) - 1);
        var below =
                graph.node(
                        "Sub",
                        name + ".exact",
                        unsigned,
                        constant(name + ".half", Type.UINT64, by, half));
        long[] left = by.each(shift -> Long.SIZE - 1 - shift);
        var top = shifted(name + ".top", below, "LEFT", by, left);
        return shifted(name + ".odd", top, "RIGHT", by, by.each(shift -> Long.SIZE - 1));
    }

    /** In single precision, which holds wide integers, and goes beyond them wherever others do. */
    private String saturated(String name, String x) {
        var held =
                graph.node(
                        "Clip",
                        name + ".saturated",
                        cast(name + ".real", x, Type.FLOAT),
                        graph.reals(name + ".min", new float[] {Wide.MIN}),
                        graph.reals(name + ".max", new float[] {Wide.MAX}));
        return cast(name, held, Type.INT32);
    }

    private String times(String name, String x, Scaling by, long[] numbers) {
        return Arrays.stream(numbers).allMatch(number -> number == 1)
                ? x
                : graph.node("Mul", name, x, constant(name + ".by", Type.INT64, by, numbers));
    }

    private String plus(String name, String x, Scaling by, long[] numbers) {
        return graph.node("Add", name, x, constant(name + ".by", Type.INT64, by, numbers));
    }

    private String shifted(String name, String x, String way, Scaling by, long[] places) {
        return graph.node(
                "BitShift",
                name,
                Map.of("direction", way),
                List.of(x, constant(name + ".by", Type.UINT64, by, places)));
    }

    /** One number where all are the same. */
    private String constant(String name, Type type, Scaling by, long[] numbers) {
        return LongStream.of(numbers).distinct().count() == 1
                ? graph.wholes(name, type, new long[] {numbers[0]})
                : graph.wholes(name, type, numbers, by.extents);
    }

    private String whole(String name, long number) {
        return graph.wholes(name, Type.INT64, new long[] {number});
    }

    /** What an accumulator makes of a sum that may not fit. */
    String accumulated(String name, String sum, Datapath datapath) {
        var min = whole(name + ".min", datapath.min());
        if (datapath.overflow() == Overflow.SATURATE) {
            var max = whole(name + ".max", datapath.max());
            var below = graph.node("Less", name + ".below", sum, min);
            var least = graph.node("Where", name + ".atleast", below, min, sum);
            var above = graph.node("Less", name + ".above", max, least);
            return graph.node("Where", name + ".held", above, max, least);
        }
        if (datapath.accumulatorBits() > 62) {
            throw new IllegalArgumentException(
                    "an accumulator of "
                            + datapath.accumulatorBits()
                            + " bits that wraps around has no form in ONNX's 64-bit integers");
        }
        // ONNX's remainder has the sign of the divisor.
        var range = whole(name + ".range", 1L << datapath.accumulatorBits());
        var rest =
                graph.node(
                        "Mod",
                        name + ".rest",
                        graph.node("Sub", name + ".fromzero", sum, min),
                        range);
        return graph.node("Add", name + ".wrapped", rest, min);
    }
}
