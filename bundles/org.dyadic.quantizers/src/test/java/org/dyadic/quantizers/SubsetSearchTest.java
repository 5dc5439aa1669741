package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.quant.Clustering;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Grid;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubsetSearchTest {

    private static final int FEW = 6;
    private static final long ALL = Long.MAX_VALUE;

    private static final Map<String, SubsetSpace> SPACES = new LinkedHashMap<>();

    static {
        SPACES.put("universal 2", SubsetSpace.universal(2, 3));
        SPACES.put("universal 3", SubsetSpace.universal(3, 2));
        SPACES.put("universal 4", SubsetSpace.universal(4, 3));
        SPACES.put("universal 5", SubsetSpace.universal(5, 2));
        SPACES.put("universal 3 with zero", SubsetSpace.universal(3, 2).withZero());
        SPACES.put("universal 4 with zero", SubsetSpace.universal(4, 2).withZero());
        SPACES.put("additive 2, sign", SubsetSpace.additive(2, 4, true));
        SPACES.put("additive 4, sign", SubsetSpace.additive(4, 4, true));
        SPACES.put("additive 5, sign", SubsetSpace.additive(5, 4, true));
        SPACES.put("additive 2", SubsetSpace.additive(2, 5, false));
        SPACES.put("additive 3", SubsetSpace.additive(3, 4, false));
        SPACES.put("additive 4", SubsetSpace.additive(4, 4, false));
        SPACES.put("additive of too few powers", SubsetSpace.additive(4, 2, false));
        SPACES.put("binary 2", SubsetSpace.binary(2, 3));
        SPACES.put("binary 3", SubsetSpace.binary(3, 2));
        SPACES.put("binary 3 with zero", SubsetSpace.binary(3, 2).withZero());
    }

    static Stream<Arguments> everyPair() {
        return SPACES.keySet().stream()
                .flatMap(space -> Nasty.all().keySet().stream().map(d -> Arguments.of(space, d)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void theBestFewAreThoseOfBruteForce(String spaceName, String dataName) {
        var space = SPACES.get(spaceName);
        var data = Nasty.all().get(dataName);
        var brute = everyError(space, data);
        var search = new SubsetSearch(space, data, FEW);
        var found = search.best(ALL, 1);

        double rounding = 1e-12 * data.power() + 1e-70;
        assertThat(found).hasSize(Math.min(FEW, brute.size()));
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).squaredError()).isCloseTo(brute.get(i), within(rounding));
            assertThat(data.bestScale(Grid.levelsOf(found.get(i).encoding())).squaredError())
                    .isCloseTo(found.get(i).squaredError(), within(rounding));
        }
        assertThat(search.certificate(""))
                .satisfies(
                        certificate -> {
                            assertThat(certificate.proven()).isTrue();
                            assertThat(certificate.candidates()).isEqualTo(space.size());
                            assertThat(certificate.pruned() + certificate.evaluated())
                                    .isEqualTo(space.size());
                            assertThat(certificate.lowerBound())
                                    .isEqualTo(certificate.squaredError())
                                    .isEqualTo(found.get(0).squaredError());
                        });
    }

    /** The slow twin: the least error of each different level set up to a shift, ascending. */
    private static List<Double> everyError(SubsetSpace space, Distribution data) {
        var errors = new LinkedHashMap<List<Integer>, Double>();
        for (int[] picks : everyPick(space, 0, new int[space.subsets()], new ArrayList<>())) {
            int[] levels = Grid.levelsOf(space.encoding(picks));
            if (!needsZero(space) || has(levels, 0)) {
                errors.computeIfAbsent(
                        Arrays.stream(levels).boxed().toList(),
                        key -> data.bestScale(levels).squaredError());
            }
        }
        return errors.values().stream().sorted().toList();
    }

    private static boolean needsZero(SubsetSpace space) {
        return SPACES.entrySet().stream()
                .anyMatch(entry -> entry.getValue() == space && entry.getKey().endsWith("zero"));
    }

    private static boolean has(int[] levels, int level) {
        return Arrays.binarySearch(levels, level) >= 0;
    }

    private static List<int[]> everyPick(
            SubsetSpace space, int subset, int[] picks, List<int[]> found) {
        if (subset == picks.length) {
            found.add(picks.clone());
            return found;
        }
        for (int pick = 0; pick < space.choices(subset).length; pick++) {
            picks[subset] = pick;
            everyPick(space, subset + 1, picks, found);
        }
        return found;
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        var data = Distribution.of(Samples.gauss(3000, 8));
        for (var space : List.of(SubsetSpace.universal(3, 8), SubsetSpace.universal(5, 8))) {
            var one = with(1, space, data);
            assertThat(with(2, space, data)).isEqualTo(one);
            assertThat(with(7, space, data)).isEqualTo(one);
        }
    }

    private static List<Object> with(int threads, SubsetSpace space, Distribution data)
            throws Exception {
        var pool = new ForkJoinPool(threads);
        try {
            return pool.submit(
                            () -> {
                                var search = new SubsetSearch(space, data, FEW);
                                var result = new ArrayList<Object>();
                                for (var found : search.best(1_000_000, 3)) {
                                    result.add(found.encoding());
                                    result.add(found.squaredError());
                                }
                                result.add(search.certificate("the same"));
                                return (List<Object>) result;
                            })
                    .get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void beyondTheBudgetTheBoundIsThatOfFreeLevelsAndTheGapIsSaid() {
        var data = Distribution.of(Samples.gauss(3000, 8));
        var space = SubsetSpace.universal(4, 4);
        var whole = certificate(space, data, space.size());
        var descended = certificate(space, data, space.size() - 1);
        assertThat(descended.proven()).isFalse();
        assertThat(descended.lowerBound())
                .isEqualTo(Clustering.of(data, 16).lowerBound())
                .isLessThan(whole.squaredError());
        assertThat(descended.squaredError()).isGreaterThanOrEqualTo(whole.squaredError());
        assertThat(descended.gap()).isBetween(0.1, 3.0);
        assertThat(descended.evaluated()).isPositive();
        assertThat(whole.gap()).isZero();
    }

    @Test
    void levelsAsGoodAsFreeOnesAreProvenWithoutLookingAtAll() {
        var data = Distribution.of(-2, -2, 0, 2, 4, 4);
        var certificate = certificate(SubsetSpace.universal(8, 8), data, 0);
        assertThat(certificate.squaredError()).isZero();
        assertThat(certificate.proven()).isTrue();
    }

    private static Certificate certificate(SubsetSpace space, Distribution data, long budget) {
        var search = new SubsetSearch(space, data, FEW);
        search.best(budget, 1);
        return search.certificate("");
    }
}
