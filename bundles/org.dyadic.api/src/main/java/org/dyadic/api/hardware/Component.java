package org.dyadic.api.hardware;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A part that a machine is made of and that a cost model can price. A use is one operation: a
 * product, a sum, a word read or written. Widths are in bits.
 */
public sealed interface Component {

    /** What a person calls this part: {@code 8 x 8 bit multiplier}. */
    String describe();

    /** A signed integer multiplier. */
    record Multiplier(int weightBits, int activationBits) implements Component {
        public Multiplier {
            requirePositive(weightBits, activationBits);
        }

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
        public ShiftMultiplier {
            requirePositive(terms, shifts, activationBits);
        }

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

    /**
     * A multiplier by a signed sum of one power of two, or zero, from each of a few fixed subsets.
     * The shifts are wires: a subset costs a choice among its powers and nothing for how far apart
     * they are. One sign is that of the whole sum.
     *
     * @param powers how many powers each subset has besides zero
     * @param span places from the least power of all to the largest, both counted
     */
    record SubsetMultiplier(List<Integer> powers, int span, int activationBits)
            implements Component {
        public SubsetMultiplier {
            powers = List.copyOf(powers);
            requirePositive(span, activationBits, powers.size());
            powers.forEach(Component::requirePositive);
        }

        @Override
        public String describe() {
            return "multiplier by sums from subsets of "
                    + powers.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                    + " powers, "
                    + activationBits
                    + " bit";
        }
    }

    /** Chooses one of so many words that are there already, and its negative if told so. */
    record Selector(int words, int bits) implements Component {
        public Selector {
            requirePositive(words, bits);
        }

        @Override
        public String describe() {
            return "choice among " + words + " words of " + bits + " bit and their negatives";
        }
    }

    /**
     * A multiplier of so many bits that comes apart into narrower ones down to 2 x 2 bits, which
     * then work side by side and are added (Bit Fusion; Sharma et al., ISCA 2018).
     *
     * @param bits of either operand: a power of two from 4
     */
    record FusedMultiplier(int bits) implements Component {
        public FusedMultiplier {
            if (bits < 4 || Integer.bitCount(bits) != 1) {
                throw new IllegalArgumentException(
                        "a fused multiplier has 4, 8, 16, ... bits, was " + bits);
            }
        }

        /** The 2 x 2 bit multipliers that it comes apart into. */
        public int bricks() {
            return bits / 2 * (bits / 2);
        }

        @Override
        public String describe() {
            return bits + " x " + bits + " bit multiplier of 2 x 2 bit bricks";
        }
    }

    /** A carry-propagate adder. */
    record Adder(int bits) implements Component {
        public Adder {
            requirePositive(bits);
        }

        @Override
        public String describe() {
            return bits + " bit adder";
        }
    }

    /** A clocked register. */
    record Register(int bits) implements Component {
        public Register {
            requirePositive(bits);
        }

        @Override
        public String describe() {
            return bits + " bit register";
        }
    }

    /**
     * Turns a code into shift amounts or an integer at the edge of the array: a table of {@code
     * 2^codeBits} words and the multiplexers that select one. The words are registers of their own.
     */
    record Decoder(int codeBits, int outputBits) implements Component {
        public Decoder {
            requirePositive(codeBits, outputBits);
        }

        @Override
        public String describe() {
            return codeBits + " to " + outputBits + " bit decoder";
        }
    }

    /**
     * Brings an accumulator to the scale of the output and finds its level.
     *
     * @param outputBits width of the largest level
     * @param searchBits width of the widest code whose levels need not be evenly spaced, so that
     *     thresholds are searched; zero if every grid is evenly spaced
     */
    record Requantize(
            Requantizer by, Rounding rounding, int accumulatorBits, int outputBits, int searchBits)
            implements Component {
        public Requantize {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(rounding, "rounding");
            requirePositive(accumulatorBits, outputBits);
            if (searchBits < 0) {
                throw new IllegalArgumentException(
                        "searchBits must not be negative, was " + searchBits);
            }
        }

        /** The requantizer of a datapath. */
        public Requantize(Datapath datapath, int outputBits, int searchBits) {
            this(
                    datapath.requantizer(),
                    datapath.rounding(),
                    datapath.accumulatorBits(),
                    outputBits,
                    searchBits);
        }

        /** A requantizer that rounds half up. */
        public Requantize(Requantizer by, int accumulatorBits, int outputBits, int searchBits) {
            this(by, Rounding.HALF_UP, accumulatorBits, outputBits, searchBits);
        }

        /** A requantizer that rounds half up, for evenly spaced levels only. */
        public Requantize(Requantizer by, int accumulatorBits, int outputBits) {
            this(by, accumulatorBits, outputBits, 0);
        }

        @Override
        public String describe() {
            return "requantizer by "
                    + by.describe()
                    + ", "
                    + accumulatorBits
                    + " to "
                    + outputBits
                    + " bit"
                    + (rounding == Rounding.HALF_UP ? "" : ", rounds " + rounding.id())
                    + (searchBits > 0 ? ", any " + searchBits + " bit grid" : "");
        }
    }

    /** Takes a number of more bits to the nearest that has so many: a comparison and a choice. */
    record Saturator(int fromBits, int toBits) implements Component {
        public Saturator {
            requirePositive(fromBits, toBits);
        }

        @Override
        public String describe() {
            return fromBits + " to " + toBits + " bit saturator";
        }
    }

    /** On-chip memory. A use reads or writes one word. */
    record Sram(long bytes, int wordBits) implements Component {
        public Sram {
            requirePositive(bytes, wordBits);
        }

        @Override
        public String describe() {
            return bytes + " B SRAM, " + wordBits + " bit words";
        }
    }

    /**
     * Off-chip memory, outside the area. A use moves one bit.
     *
     * @param picojoulesPerBit if the accelerator's description says it; otherwise the type tells
     */
    record Dram(DramType type, OptionalDouble picojoulesPerBit) implements Component {
        public Dram {
            Objects.requireNonNull(type, "type");
            double given = picojoulesPerBit.orElse(0);
            if (!(given >= 0 && Double.isFinite(given))) {
                throw new IllegalArgumentException(
                        "energy per bit is finite and not negative, was " + given);
            }
        }

        /** One whose energy the type tells. */
        public Dram(DramType type) {
            this(type, OptionalDouble.empty());
        }

        /** One of a given energy. */
        public Dram(double picojoulesPerBit) {
            this(DramType.LPDDR4, OptionalDouble.of(picojoulesPerBit));
        }

        @Override
        public String describe() {
            return picojoulesPerBit.isPresent()
                    ? "DRAM at " + picojoulesPerBit.getAsDouble() + " pJ/bit"
                    : type + " DRAM";
        }
    }

    /**
     * A part that so many elements share, such as one at the edge of their row: each of them has
     * its share of area and energy. The platform prices the whole part and divides.
     */
    record Shared(Component part, int among) implements Component {
        public Shared {
            requirePositive(among);
            if (part instanceof Shared) {
                throw new IllegalArgumentException("a share of a share is a smaller share");
            }
        }

        @Override
        public String describe() {
            return part.describe() + ", shared by " + among;
        }
    }

    /** A part this platform has no word for; only a cost model that knows the kind can price it. */
    record Special(String kind, int size) implements Component {
        public Special {
            Objects.requireNonNull(kind, "kind");
            requirePositive(size);
        }

        @Override
        public String describe() {
            return kind + " of size " + size;
        }
    }

    private static void requirePositive(long... sizes) {
        for (long size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "a part has a positive size, was " + Arrays.toString(sizes));
            }
        }
    }
}
