package org.dyadic.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.sim.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NestTest {

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void whatANestMovesAndTakesIsWhatAPlainWalkCounts(Dataflow dataflow) {
        var random = new SplittableRandom(3);
        var met = new ArrayList<Nest>();
        while (met.size() < 1500) {
            var layer = AnyLayer.any(random);
            var buffers =
                    new Buffers(
                            8 + random.nextInt(300),
                            8 + random.nextInt(600),
                            8 + random.nextInt(600));
            var machine =
                    Machines.withBandwidth(
                            Machines.array(
                                    1 + random.nextInt(5),
                                    1 + random.nextInt(5),
                                    dataflow,
                                    buffers),
                            1 + random.nextInt(6));
            var job = new Job(machine, layer, 1 + random.nextInt(3));
            var nest = AnyLayer.nest(job, random);
            if (nest == null) {
                continue;
            }
            met.add(nest);
            holds(nest, layer);
        }
        assertThat(met).as("all cases occur").anyMatch(Nest::gathers);
        assertThat(met).anyMatch(nest -> !nest.sumsStay());
        assertThat(met).anyMatch(nest -> !nest.weightsStay());
        assertThat(met).anyMatch(nest -> !nest.inputsStay());
    }

    private static void holds(Nest nest, Workload layer) {
        var plain = new PlainWalk(nest, layer);
        var job = nest.job();
        var as = nest.toString() + layer;
        assertThat(job.groups * nest.readBits()).as(as).isEqualTo(plain.readBits);
        assertThat(job.groups * nest.writtenBits()).as(as).isEqualTo(plain.writtenBits);
        assertThat(plain.mostWeightBits).as(as).isLessThanOrEqualTo(job.weightRoom);
        assertThat(plain.mostInputBits).as(as).isLessThanOrEqualTo(job.inputRoom);
        assertThat(plain.mostEntries * job.entryBits(nest.k()))
                .as(as)
                .isLessThanOrEqualTo(job.outputRoom);

        var words = job.words(nest.m(), nest.n(), nest.k());
        assertThat(words.weights()).as(as).isEqualTo(words(plain.weightUses * job.weightBits));
        assertThat(words.inputs()).as(as).isEqualTo(words(plain.inputUses * job.inputBits));
        assertThat(words.outputs())
                .as(as)
                .isEqualTo(
                        words(
                                job.groups * job.m * job.n * job.outputBits
                                        + plain.partials * job.sumBits));

        var schedule = Schedule.of(nest);
        double exactly = 1e-9 * plain.cycles;
        assertThat(schedule.cycles()).as(as).isCloseTo(plain.cycles, within(exactly));
        assertThat(schedule.computing()).as(as).isCloseTo(plain.computing, within(exactly));
        double computing = job.computing(nest.m(), nest.n(), nest.k());
        assertThat(job.groups * computing).as(as).isCloseTo(plain.computing, within(exactly));
        assertThat(nest.leastCycles(job.groups * computing))
                .as("a lower bound, %s", as)
                .isLessThanOrEqualTo(plain.cycles + exactly);
    }

    private static long words(long bits) {
        return (bits + Buffers.WORD_BITS - 1) / Buffers.WORD_BITS;
    }
}
