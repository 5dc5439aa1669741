package org.dyadic.execution;

import java.util.Optional;
import org.dyadic.kernels.PairKernels;

/** What is done to the wide integers of a chunk while they are at hand. */
sealed interface PairStage {

    /**
     * @param wide the integers, in place
     * @param tensors of nodes computed before
     * @param first where the chunk begins in a tensor
     */
    void apply(PairKernels kernels, int[] wide, int at, int[][] tensors, int first, int length);

    /** Holds integers between limits. */
    record Limit(int least, int most) implements PairStage {

        static final Limit NONE = new Limit(Wide.MIN, Wide.MAX);

        static Limit of(Steps.Clamp clamp) {
            return new Limit(clamp.low(), clamp.high());
        }

        @Override
        public void apply(
                PairKernels kernels, int[] wide, int at, int[][] tensors, int first, int length) {
            kernels.clamp(wide, at, length, least, most);
        }
    }

    /** A function as a table. */
    final class Function implements PairStage {
        private final int[] table;

        Function(Steps.Lookup lookup) {
            this.table = lookup.table();
        }

        @Override
        public void apply(
                PairKernels kernels, int[] wide, int at, int[][] tensors, int first, int length) {
            for (int i = at; i < at + length; i++) {
                int pair = wide[i];
                wide[i] =
                        PairLayout.pair(
                                table[(short) pair - Wide.MIN], table[(pair >> 16) - Wide.MIN]);
            }
        }
    }

    /** Adds a tensor computed before. */
    record Plus(int node, int ownFactor, int factor, int addend, int shift, Limit limit)
            implements PairStage {

        /**
         * Empty if 32 bits may not suffice.
         *
         * @param own which of the two inputs of the sum is at hand
         */
        static Optional<Plus> of(Steps.Sum sum, int own, int node) {
            long[] factors = sum.multipliers();
            boolean rounds = FixedPoint.roundsByAdding(sum.rounding());
            if (factors.length != 2 || !sum.even() || !rounds) {
                return Optional.empty();
            }
            long addend = FixedPoint.half(sum.rounding(), sum.shift());
            // What all have in common need not be shifted out again.
            int common = Long.numberOfTrailingZeros(factors[0] | factors[1] | addend);
            common = Math.min(common, sum.shift());
            long reach = ((Math.abs(factors[0]) + Math.abs(factors[1])) << 15) + Math.abs(addend);
            if (reach >> common > Integer.MAX_VALUE || sum.shift() - common > 31) {
                return Optional.empty();
            }
            return Optional.of(
                    new Plus(
                            node,
                            (int) (factors[own] >> common),
                            (int) (factors[1 - own] >> common),
                            (int) (addend >> common),
                            sum.shift() - common,
                            Limit.NONE));
        }

        Plus within(Limit other) {
            return new Plus(node, ownFactor, factor, addend, shift, other);
        }

        @Override
        public void apply(
                PairKernels kernels, int[] wide, int at, int[][] tensors, int first, int length) {
            kernels.add(
                    wide,
                    at,
                    ownFactor,
                    tensors[node],
                    first,
                    factor,
                    addend,
                    shift,
                    limit.least(),
                    limit.most(),
                    wide,
                    at,
                    length);
        }
    }
}
