package org.dyadic.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TilingSearchTest {

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void theSearchFindsWhatTryingEveryNestFinds(Dataflow dataflow) {
        var random = new SplittableRandom(4);
        for (int trial = 0; trial < 150; trial++) {
            var job = job(dataflow, random);
            var every = every(job, job.pixelCuts(), job.columnCuts(), job.channelCuts());
            equalsTheBestOf(every, job);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void hardlyAnythingIsLostByTilesThatAreNotTried(Dataflow dataflow) {
        var random = new SplittableRandom(5);
        double lostCycles = 0;
        double lostMovement = 0;
        int layers = 0;
        for (int trial = 0; trial < 60; trial++) {
            var job = job(dataflow, random);
            var every = every(job, allPixels(job), allCuts(job.n), allCuts(job.channels));
            if (every.isEmpty()) {
                continue;
            }
            layers++;
            var fastest = TilingSearch.best(job, TilingSearch.Goal.LATENCY).orElseThrow();
            double least = every.stream().mapToDouble(Schedule::cycles).min().orElseThrow();
            // the search takes the least movement within a hundredth
            double lost = fastest.cycles() / least / TilingSearch.TOLERANCE - 1;
            lostCycles += Math.max(0, lost);
            assertThat(lost).as("%s", fastest).isLessThan(0.02);
            var thriftiest = TilingSearch.best(job, TilingSearch.Goal.ENERGY).orElseThrow();
            double leastMovement =
                    every.stream()
                            .mapToDouble(schedule -> TilingSearch.movement(schedule.nest()))
                            .min()
                            .orElseThrow();
            lost = TilingSearch.movement(thriftiest.nest()) / leastMovement - 1;
            lostMovement += lost;
            assertThat(lost).as("%s", thriftiest).isLessThan(0.02);
        }
        assertThat(layers).isGreaterThan(40);
        assertThat(lostCycles / layers).as("on average").isLessThan(0.001);
        assertThat(lostMovement / layers).as("on average").isLessThan(0.001);
    }

    private static void equalsTheBestOf(List<Schedule> every, Job job) {
        var fastest = TilingSearch.best(job, TilingSearch.Goal.LATENCY);
        var thriftiest = TilingSearch.best(job, TilingSearch.Goal.ENERGY);
        assertThat(fastest.isPresent()).isEqualTo(!every.isEmpty());
        assertThat(thriftiest.isPresent()).isEqualTo(!every.isEmpty());
        assertThat(job.misfit().isPresent())
                .as("what does not fit is told: %s", job.misfit())
                .isEqualTo(every.isEmpty());
        if (every.isEmpty()) {
            return;
        }
        double least = every.stream().mapToDouble(Schedule::cycles).min().orElseThrow();
        double most = least * TilingSearch.TOLERANCE;
        double thrifty =
                every.stream()
                        .filter(schedule -> schedule.cycles() <= most)
                        .mapToDouble(schedule -> TilingSearch.movement(schedule.nest()))
                        .min()
                        .orElseThrow();
        assertThat(fastest.get().cycles()).isLessThanOrEqualTo(most);
        assertThat(TilingSearch.movement(fastest.get().nest()))
                .isCloseTo(thrifty, within(1e-9 * thrifty));
        assertThat(TilingSearch.movement(thriftiest.get().nest()))
                .isEqualTo(
                        every.stream()
                                .mapToDouble(schedule -> TilingSearch.movement(schedule.nest()))
                                .min()
                                .orElseThrow());
    }

    /** Every nest of these cuts, with every choice of what stays of that which can. */
    private static List<Schedule> every(
            Job job, List<Pixels> pixels, List<Cut> columns, List<Cut> channels) {
        var all = new ArrayList<Schedule>();
        for (var m : pixels) {
            for (var n : columns) {
                for (var k : channels) {
                    if (!Nest.fits(job, m, n, k)) {
                        continue;
                    }
                    for (var order : Order.values()) {
                        var most = Nest.of(job, m, n, k, order);
                        for (int stay = 0; stay < 8; stay++) {
                            all.add(
                                    Schedule.of(
                                            new Nest(
                                                    job,
                                                    m,
                                                    n,
                                                    k,
                                                    order,
                                                    most.weightsStay() && (stay & 1) == 0,
                                                    most.inputsStay() && (stay & 2) == 0,
                                                    most.sumsStay() && (stay & 4) == 0)));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static Job job(Dataflow dataflow, SplittableRandom random) {
        var layer = AnyLayer.any(random);
        var buffers =
                new Buffers(
                        4 + random.nextInt(200), 4 + random.nextInt(300), 4 + random.nextInt(300));
        var machine =
                Machines.withBandwidth(
                        Machines.array(
                                1 + random.nextInt(4), 1 + random.nextInt(4), dataflow, buffers),
                        1 + random.nextInt(6));
        return new Job(machine, layer, 1 + random.nextInt(2));
    }

    static List<Cut> allCuts(int extent) {
        return IntStream.rangeClosed(1, extent).mapToObj(tile -> new Cut(extent, tile)).toList();
    }

    /** Pixels in tiles of every size. */
    static List<Pixels> allPixels(Job job) {
        return job.pixels(TilingSearchTest::allCuts);
    }

    @Test
    void aCutIntoSoManyTilesIsTheSmallestThatMakesThem() {
        assertThat(Cut.candidates(10, 1, 1).stream().map(Cut::tile))
                .containsExactly(10, 5, 4, 3, 2, 1);
        assertThat(Cut.candidates(10, 1, 4).stream().map(Cut::tile))
                .contains(8, 4)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void evenTheLargestExtentIsCutInFewWays() {
        assertThat(Cut.candidates(1_000_000, 1, 16)).hasSizeLessThan(500);
        assertThat(Cut.candidates(1_000_000, 1, 16).get(0).count()).isEqualTo(1);
    }
}
