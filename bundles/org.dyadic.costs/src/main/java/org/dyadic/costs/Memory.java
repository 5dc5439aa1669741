package org.dyadic.costs;

import java.util.Map;
import java.util.TreeMap;
import org.dyadic.api.hardware.Component.Sram;

/**
 * SRAM at 45 nm: CACTI (ITRS high performance, one 32 bit port), from the sweep that Bit Fusion
 * published (bitfusion/sram/cacti_sweep.csv). Between two sizes on a straight line of logarithms.
 */
record Memory(double squareMillimetres, double picojoules) {

    private static final TreeMap<Long, Memory> SWEEP = new TreeMap<>();

    static {
        // bytes; area, energy of reading 32 bits
        SWEEP.put(128L, new Memory(0.0015, 0.68));
        SWEEP.put(512L, new Memory(0.0076, 1.06));
        SWEEP.put(1L << 10, new Memory(0.0088, 1.13));
        SWEEP.put(2L << 10, new Memory(0.0151, 1.9));
        SWEEP.put(4L << 10, new Memory(0.0394, 3.7)); // middle of 0.0301-0.0486 and of 3.4-4.0
        SWEEP.put(8L << 10, new Memory(0.0575, 6.4));
        SWEEP.put(16L << 10, new Memory(0.1086, 10.0));
    }

    private static final int SWEEP_WORD_BITS = 32;

    static Memory of(Sram part) {
        var atPort = ofBytes(part.bytes());
        // Wider words switch as many more bit lines.
        return new Memory(
                atPort.squareMillimetres(),
                atPort.picojoules() * part.wordBits() / SWEEP_WORD_BITS);
    }

    private static Memory ofBytes(long bytes) {
        Map.Entry<Long, Memory> last = SWEEP.lastEntry();
        if (bytes >= last.getKey()) {
            double times = (double) bytes / last.getKey();
            return new Memory(
                    last.getValue().squareMillimetres() * times,
                    // square root: 8 KB 10 pJ, 32 KB 20 pJ, 1 MB 100 pJ (Horowitz, ISSCC 2014)
                    last.getValue().picojoules() * Math.sqrt(times));
        }
        var below = bytes < SWEEP.firstKey() ? SWEEP.firstEntry() : SWEEP.floorEntry(bytes);
        var above = SWEEP.higherEntry(below.getKey());
        double share =
                StrictMath.log((double) bytes / below.getKey())
                        / StrictMath.log((double) above.getKey() / below.getKey());
        return new Memory(
                mix(
                        below.getValue().squareMillimetres(),
                        above.getValue().squareMillimetres(),
                        share),
                mix(below.getValue().picojoules(), above.getValue().picojoules(), share));
    }

    private static double mix(double a, double b, double share) {
        return a * StrictMath.pow(b / a, share);
    }
}
