package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dyadic.network.OnnxGraph;
import org.dyadic.network.OnnxGraph.Type;

/**
 * The sums of a layer, levels times levels, in operators of ONNX that compute them exactly: on
 * bytes where all levels fit one, in single precision where no sum exceeds the integers that it
 * holds, and otherwise as sums of products of their bytes.
 */
final class OnnxProducts {

    /** Up to here single precision holds every integer, and so every partial sum. */
    private static final long EXACT_FLOATS = 1L << 24;

    private static final int BYTE = 255;

    private final OnnxGraph graph;
    private final OnnxArithmetic arithmetic;
    private final Multiplication layer;
    private final String name;
    private final boolean dense;
    private final int[] weights;
    private final int[] encoder;

    OnnxProducts(
            OnnxGraph graph,
            OnnxArithmetic arithmetic,
            Multiplication layer,
            String name,
            boolean dense) {
        this.graph = graph;
        this.arithmetic = arithmetic;
        this.layer = layer;
        this.name = name;
        this.dense = dense;
        this.weights = layer.weights();
        this.encoder = layer.encoder();
    }

    /** One byte of each of some integers, in ONNX's form: the byte less {@code zero}. */
    private record Digit(int[] values, int zero) {

        /** A byte for each of the values, which lie within 255 of each other. */
        static boolean fits(int[] values) {
            long least = Math.min(0, Arrays.stream(values).min().orElse(0));
            long most = Math.max(0, Arrays.stream(values).max().orElse(0));
            return most - least <= BYTE;
        }

        static Digit of(int[] values) {
            return new Digit(values, Math.max(0, -Arrays.stream(values).min().orElse(0)));
        }

        long[] bytes() {
            return Arrays.stream(values).mapToLong(value -> value + zero).toArray();
        }

        /** The integers as bytes, the lowest first; those but the last are not negative. */
        static List<Digit> of(int[] values, boolean split) {
            var digits = new ArrayList<Digit>();
            int[] rest = values;
            while (split && !fits(rest)) {
                digits.add(of(Arrays.stream(rest).map(value -> value & BYTE).toArray()));
                rest = Arrays.stream(rest).map(value -> value >> Byte.SIZE).toArray();
            }
            digits.add(of(rest));
            return digits;
        }
    }

    /** The sums, as 64-bit integers; {@code wide} are the integers to be encoded. */
    String sums(String wide) {
        int[] levels = Arrays.copyOf(encoder, encoder.length + 1);
        levels[encoder.length] = layer.pad();
        if (Digit.fits(levels) && Digit.fits(weights)) {
            return bytes(wide, levels);
        }
        return bound(levels) <= EXACT_FLOATS ? floats(wide) : bytes(wide, levels);
    }

    private int depth() {
        return weights.length / layer.output().extent(0);
    }

    /** What no sum exceeds, nor any part of one. */
    private long bound(int[] levels) {
        long largest = 0;
        for (int from = 0; from < weights.length; from += depth()) {
            long sum = 0;
            for (int k = from; k < from + depth(); k++) {
                sum += Math.abs((long) weights[k]);
            }
            largest = Math.max(largest, sum);
        }
        return Math.multiplyExact(
                largest, Arrays.stream(levels).mapToLong(Math::abs).max().orElse(0));
    }

    // Single precision

    private String floats(String wide) {
        var table = new float[Wide.COUNT];
        for (int i = 0; i < table.length; i++) {
            table[i] = encoder[rotated(i)];
        }
        var codes =
                graph.node(
                        "Gather",
                        name + ".codes",
                        graph.reals(name + ".encoder", table, Wide.COUNT),
                        wide);
        var matrix = new float[weights.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = weights[dense ? transposed(i) : i];
        }
        var numbers = graph.reals(name + ".levels", matrix, weightExtents());
        String sums;
        if (dense) {
            sums = graph.node("MatMul", name + ".sums", codes, numbers);
        } else {
            boolean padded = layer.pad() != 0 && pads();
            var seen =
                    padded
                            ? padded(codes, graph.reals(name + ".pad", new float[] {layer.pad()}))
                            : codes;
            sums = graph.node("Conv", name + ".sums", sliding(padded), List.of(seen, numbers));
        }
        return arithmetic.cast(name + ".sums64", sums, Type.INT64);
    }

    // Bytes

    private String bytes(String wide, int[] levels) {
        var inputs = Digit.of(levels, true);
        var factors = Digit.of(weights, true);
        if ((long) depth() * BYTE * BYTE > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "its "
                            + depth()
                            + " products a sum do not fit the 32 bits of ConvInteger and"
                            + " MatMulInteger");
        }
        String total = null;
        for (int i = 0; i < inputs.size(); i++) {
            var codes = codes(wide, inputs.get(i));
            for (int j = 0; j < factors.size(); j++) {
                var sums = product(codes, inputs.get(i), factors.get(j));
                sums = arithmetic.cast(name + ".sums64", sums, Type.INT64);
                long place = 1L << Byte.SIZE * (i + j);
                if (place > 1) {
                    var power = graph.wholes(name + ".place", Type.INT64, new long[] {place});
                    sums = graph.node("Mul", name + ".placed", sums, power);
                }
                total = total == null ? sums : graph.node("Add", name + ".total", total, sums);
            }
        }
        return total;
    }

    /** What the encoder makes of each wide integer; the table's last entry is of the padding. */
    private String codes(String wide, Digit digit) {
        long[] bytes = digit.bytes();
        var table = new long[Wide.COUNT];
        for (int i = 0; i < table.length; i++) {
            table[i] = bytes[rotated(i)];
        }
        var encoder = graph.wholes(name + ".encoder", Type.UINT8, table, Wide.COUNT);
        return graph.node("Gather", name + ".codes", encoder, wide);
    }

    /**
     * ONNX counts negative indices from the end, so that a table of all wide integers begins with
     * that of zero.
     */
    static int rotated(int index) {
        return (index - Wide.MIN) % Wide.COUNT;
    }

    private String product(String codes, Digit input, Digit factor) {
        long[] bytes = factor.bytes();
        var matrix = new long[bytes.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = bytes[dense ? transposed(i) : i];
        }
        // Both sides unsigned: ONNX Runtime's kernels for signed weights saturate halfway on
        // processors without VNNI.
        var levels = graph.wholes(name + ".levels", Type.UINT8, matrix, weightExtents());
        var zeros =
                List.of(
                        graph.wholes(name + ".zero", Type.UINT8, new long[] {input.zero}),
                        graph.wholes(name + ".zero", Type.UINT8, new long[] {factor.zero}));
        if (dense) {
            return graph.node(
                    "MatMulInteger", name + ".sums", codes, levels, zeros.get(0), zeros.get(1));
        }
        int pad = input.values[input.values.length - 1];
        boolean padded = pad != 0 && pads();
        var seen =
                padded
                        ? padded(
                                codes,
                                graph.wholes(
                                        name + ".pad", Type.UINT8, new long[] {pad + input.zero}))
                        : codes;
        return graph.node(
                "ConvInteger",
                name + ".sums",
                sliding(padded),
                List.of(seen, levels, zeros.get(0), zeros.get(1)));
    }

    // Shapes

    private boolean pads() {
        return SumRange.beyondTheBorder(layer.window());
    }

    private String padded(String codes, String value) {
        var pads = graph.pads(name + ".pads", layer.window());
        return graph.node("Pad", name + ".padded", codes, pads, value);
    }

    /** The attributes of the convolution, with its pads or after them. */
    private Map<String, Object> sliding(boolean padded) {
        var attributes = OnnxGraph.sliding(layer.window());
        if (padded) {
            attributes.remove("pads");
        }
        attributes.put("group", (long) layer.groups());
        return attributes;
    }

    private long[] weightExtents() {
        int outputs = layer.output().extent(0);
        var window = layer.window();
        return dense
                ? new long[] {depth(), outputs}
                : new long[] {
                    outputs,
                    layer.input().extent(0) / layer.groups(),
                    window.height(),
                    window.width()
                };
    }

    /**
     * Where an element of the matrix of a dense layer, inputs by outputs, lies among the weights.
     */
    private int transposed(int element) {
        int outputs = layer.output().extent(0);
        return element % outputs * depth() + element / outputs;
    }
}
