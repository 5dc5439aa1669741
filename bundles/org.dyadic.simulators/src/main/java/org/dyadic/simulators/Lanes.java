package org.dyadic.simulators;

import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Elementwise;
import org.dyadic.api.sim.Estimate;

/**
 * What happens between layers: at the foot of each column a lane does one operation a cycle, after
 * the layer before and before the next. Operands come from off-chip memory through the activation
 * buffer and results leave through the output buffer, while others are worked on; what takes longer
 * counts.
 */
public final class Lanes {

    private Lanes() {}

    public static Estimate estimate(Machine machine, Elementwise operation) {
        long computing = Math.max(1, Mapping.ceilDivide(operation.operations(), machine.columns()));
        long bits = operation.readBits() + operation.writtenBits();
        double bitsPerCycle =
                machine.offChip().bandwidth().base() * Byte.SIZE / machine.clock().base();
        long cycles = Math.max(computing, (long) Math.ceil(bits / bitsPerCycle * (1 - 1e-12)));
        return new Estimate(
                cycles,
                cycles - computing,
                0,
                new Activity(
                        0,
                        operation.results(),
                        0,
                        words(operation.readBits()),
                        words(operation.writtenBits()),
                        operation.readBits(),
                        operation.writtenBits()),
                Kind.MODELLED);
    }

    private static long words(long bits) {
        return Mapping.ceilDivide(bits, Buffers.WORD_BITS);
    }
}
