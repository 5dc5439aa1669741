package org.dyadic.costs;

import java.util.Map;
import org.dyadic.api.hardware.Component.Sram;

/**
 * SRAM at 45 nm: CACTI (ITRS high performance, one 32 bit port), from the sweep that Bit Fusion
 * published. Between two sizes on a straight line of logarithms. The constants are {@code sram.*}.
 */
final class Memory {

    private static final int SWEEP_WORD_BITS = 32;

    private final Constants.Page page;
    private final Sram part;

    Memory(Constants.Page page, Sram part) {
        this.page = page;
        this.part = part;
    }

    double squareMillimetres() {
        return figure("area", 1);
    }

    /** Of reading or writing a word. */
    double picojoules() {
        // Wider words switch as many more bit lines.
        return figure("energy", page.of("sram.energy.growth")) * part.wordBits() / SWEEP_WORD_BITS;
    }

    /** With transistors of high performance, at 1 V. */
    double milliwatts() {
        return figure("leakage", 1);
    }

    /** Of reading a word. */
    double nanoseconds() {
        return figure("delay", page.of("sram.delay.growth"));
    }

    /**
     * @param growth beyond the largest size of the sweep, as a power of the size
     */
    private double figure(String name, double growth) {
        var sweep = page.family("sram." + name);
        double bytes = part.bytes();
        var last = sweep.lastEntry();
        if (bytes >= last.getKey()) {
            return page.of(last.getValue()) * StrictMath.pow(bytes / last.getKey(), growth);
        }
        Map.Entry<Double, String> below =
                bytes < sweep.firstKey() ? sweep.firstEntry() : sweep.floorEntry(bytes);
        Map.Entry<Double, String> above = sweep.higherEntry(below.getKey());
        double share =
                StrictMath.log(bytes / below.getKey())
                        / StrictMath.log(above.getKey() / below.getKey());
        double low = page.of(below.getValue());
        return low * StrictMath.pow(page.of(above.getValue()) / low, share);
    }
}
