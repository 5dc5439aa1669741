package org.dyadic.api.hardware;

/**
 * A part that a machine is made of and that a cost model can price. A use is one operation: a
 * product, a sum, a word read or written. Widths are in bits.
 */
public sealed interface Component {

    /** What a person calls this part: {@code 8 x 8 bit multiplier}. */
    String describe();

    /** A signed integer multiplier. */
    record Multiplier(int weightBits, int activationBits) implements Component {
        @Override
        public String describe() {
            return weightBits + " x " + activationBits + " bit multiplier";
        }
    }

    /**
     * A multiplier by a sum of powers of two: so many shifters, each over {@code shifts} positions,
     * and the adders that join them.
     */
    record ShiftMultiplier(int terms, int shifts, int activationBits) implements Component {
        @Override
        public String describe() {
            return terms
                    + "-term shift multiplier, "
                    + shifts
                    + " shifts, "
                    + activationBits
                    + " bit";
        }
    }

    /** A carry-propagate adder. */
    record Adder(int bits) implements Component {
        @Override
        public String describe() {
            return bits + " bit adder";
        }
    }

    /** A clocked register. */
    record Register(int bits) implements Component {
        @Override
        public String describe() {
            return bits + " bit register";
        }
    }

    /** Turns a code into shift amounts or an integer at the edge of the array. */
    record Decoder(int codeBits, int outputBits) implements Component {
        @Override
        public String describe() {
            return codeBits + " to " + outputBits + " bit decoder";
        }
    }

    /** Brings an accumulator to the scale of the output and finds its level. */
    record Requantize(Requantizer by, int accumulatorBits, int outputBits) implements Component {
        @Override
        public String describe() {
            String how =
                    by instanceof Requantizer.Multiplier multiplier
                            ? multiplier.bits() + " bit multiplier"
                            : ((Requantizer.Shifts) by).terms() + "-term shift";
            return "requantizer by " + how + ", " + accumulatorBits + " to " + outputBits + " bit";
        }
    }

    /** On-chip memory. A use reads or writes one word. */
    record Sram(long bytes, int wordBits) implements Component {
        @Override
        public String describe() {
            return bytes + " B SRAM, " + wordBits + " bit words";
        }
    }

    /** Off-chip memory, outside the area. A use moves one bit. */
    record Dram(double picojoulesPerBit) implements Component {
        @Override
        public String describe() {
            return "DRAM at " + picojoulesPerBit + " pJ/bit";
        }
    }

    /** A part this platform has no word for; only a cost model that knows the kind can price it. */
    record Special(String kind, int size) implements Component {
        @Override
        public String describe() {
            return kind + " of size " + size;
        }
    }
}
