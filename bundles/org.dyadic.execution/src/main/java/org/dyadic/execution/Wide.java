package org.dyadic.execution;

/** The integers that tensors are made of between layers. */
final class Wide {

    static final int MAX = 32767;
    static final int MIN = -32768;
    static final int COUNT = 65536;

    /** Tensors may reach this many times what calibration saw before they saturate. */
    private static final double HEADROOM = 2;

    private Wide() {}

    /**
     * The scale of a tensor whose magnitude calibration saw: a power of two, so that bringing one
     * tensor to the scale of another is a shift in every machine.
     */
    static double scale(double magnitude) {
        return powerAtLeast(magnitude > 0 ? HEADROOM * magnitude / MAX : 1.0 / MAX);
    }

    /** The smallest power of two that is not less than {@code x}. */
    static double powerAtLeast(double x) {
        double power = Math.scalb(1.0, Math.getExponent(x));
        return power < x ? 2 * power : power;
    }

    static int saturate(long x) {
        return (int) Math.max(MIN, Math.min(MAX, x));
    }

    /** The integer nearest to a value, half going up. */
    static int of(double value, double scale) {
        return saturate((long) Math.floor(Math.max(-1e9, Math.min(1e9, value / scale)) + 0.5));
    }

    /** One entry for each integer, from {@link #MIN} up. */
    static int[] table(java.util.function.IntUnaryOperator function) {
        var table = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            table[i] = function.applyAsInt(i + MIN);
        }
        return table;
    }
}
