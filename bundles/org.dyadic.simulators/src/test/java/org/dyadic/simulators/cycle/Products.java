package org.dyadic.simulators.cycle;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.sim.Integers;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.Machines;

/** Random integers for layers, and machines that hold their sums. */
final class Products implements Integers {

    final int[][][] activations;
    final int[][][] weights;

    /** Levels from -most to most. */
    Products(SplittableRandom random, Workload layer, int most) {
        activations = new int[layer.groups()][layer.m()][layer.k()];
        weights = new int[layer.groups()][layer.n()][layer.k()];
        for (int group = 0; group < layer.groups(); group++) {
            fill(random, activations[group], most);
            fill(random, weights[group], most);
        }
    }

    private static void fill(SplittableRandom random, int[][] matrix, int most) {
        for (int[] row : matrix) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(-most, most + 1);
            }
        }
    }

    static Workload layer(SplittableRandom random, int most) {
        int m = 1 + random.nextInt(most);
        int n = 1 + random.nextInt(most);
        int k = 1 + random.nextInt(most);
        return Machines.layer(m, n, k, 1 + random.nextInt(3), 8, 1);
    }

    static Machine with(Machine machine, int accumulator, Overflow overflow) {
        return new Machine(
                machine.rows(),
                machine.columns(),
                machine.dataflow(),
                machine.clock(),
                machine.technology(),
                machine.buffers(),
                machine.offChip(),
                new Datapath(accumulator, overflow, new Requantizer.Multiplier(16), Padding.ZERO),
                machine.element(),
                machine.requantizer(),
                machine.bill());
    }

    /** Sums of a group as the accumulators hold them, by the definition. */
    long[] sums(int group, Optional<Datapath> datapath) {
        int n = weights[group].length;
        var sums = new long[activations[group].length * n];
        for (int i = 0; i < sums.length; i++) {
            var sum = BigInteger.ZERO;
            for (int k = 0; k < activations[group][0].length; k++) {
                sum =
                        sum.add(
                                BigInteger.valueOf(activations[group][i / n][k])
                                        .multiply(BigInteger.valueOf(weights[group][i % n][k])));
            }
            sums[i] = datapath.map(held(sum)).orElse(sum).longValueExact();
        }
        return sums;
    }

    private static Function<Datapath, BigInteger> held(BigInteger sum) {
        return datapath -> {
            var limit = BigInteger.ONE.shiftLeft(datapath.accumulatorBits() - 1);
            return datapath.overflow() == Overflow.SATURATE
                    ? sum.min(limit.subtract(BigInteger.ONE)).max(limit.negate())
                    : sum.add(limit).mod(limit.shiftLeft(1)).subtract(limit);
        };
    }

    @Override
    public int[] weights(int group) {
        return flat(weights[group]);
    }

    @Override
    public int[] activations(int group) {
        return flat(activations[group]);
    }

    private static int[] flat(int[][] matrix) {
        return Arrays.stream(matrix).flatMapToInt(Arrays::stream).toArray();
    }
}
