package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {

    static Set<String> names() {
        return Samples.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void noCandidateIsBetter(String name) {
        var samples = Distribution.of(Samples.all().get(name));
        var random = new Random(3);
        for (int round = 0; round < 20; round++) {
            var candidates = new ArrayList<int[]>();
            for (int i = 0; i < 12; i++) {
                candidates.add(random.ints(5, -9, 10).sorted().distinct().toArray());
            }
            var best = Selection.of(samples, candidates);

            assertThat(best.fit()).isEqualTo(samples.bestScale(candidates.get(best.index())));
            assertThat(best.candidates()).isEqualTo(12);
            assertThat(best.evaluated()).isBetween(1L, 12L);
            for (var candidate : candidates) {
                assertThat(samples.bestScale(candidate).squaredError())
                        // what sums of doubles lose
                        .isGreaterThanOrEqualTo(
                                best.fit().squaredError() - 1e-12 * samples.power());
            }
        }
    }

    @Test
    void ofEqualCandidatesItIsTheFirst() {
        var samples = Distribution.of(Samples.bell(100, 1));
        int[] levels = {-2, 0, 1};
        assertThat(Selection.of(samples, List.of(levels, levels, levels)).index()).isZero();
    }

    @Test
    void theCertificateProvesTheOptimumOfTheCandidates() {
        var best =
                Selection.of(
                        Distribution.of(1, 3),
                        List.of(new int[] {0, 1}, new int[] {1, 3}, new int[] {1, 2}));
        assertThat(best.certificate("note"))
                .isEqualTo(new Certificate(3, 1, 2, 0, 0, true, "note"));
    }

    @Test
    void aBoundFromElsewhereProvesOnlyWhatMeetsIt() {
        var best = new Selection(0, new ScaleFit(1, 0.5), 3, 2);
        assertThat(best.certificate(0.25, "note"))
                .isEqualTo(new Certificate(3, 1, 2, 0.5, 0.25, false, "note"));
        // a bound that rounding put above the error
        assertThat(best.certificate(0.5000001, "note"))
                .isEqualTo(new Certificate(3, 1, 2, 0.5, 0.5, true, "note"));
    }
}
