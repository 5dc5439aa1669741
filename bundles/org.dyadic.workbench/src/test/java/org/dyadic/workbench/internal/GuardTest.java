package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.execution.PluginFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plugin that misbehaves costs its own outcome, and nobody else's. */
@Timeout(60)
class GuardTest {

    private final Bench bench = new Bench();

    @AfterEach
    void forgetTheLimit() {
        System.clearProperty(Guard.TIMEOUT);
    }

    @Test
    void aGuardedQuantizerIsTheSameOneEachTimeSoThatItsFitsAreFoundAgain() {
        var quantizer = bench.catalog.quantizer("uniform").orElseThrow();
        assertThat(bench.catalog.quantizer("uniform").orElseThrow()).isEqualTo(quantizer);
        assertThat(Guard.guarded("quantizer uniform", quantizer))
                .isEqualTo(Guard.guarded("quantizer uniform", quantizer));
    }

    /** What a quantizer does instead of answering. */
    private interface Doing {
        Fit fit();
    }

    /** The outcomes of a policy with the quantizer and of one without. */
    private List<Outcome> outcomes(Doing doing) {
        bench.install(
                "quantizer",
                "odd",
                new Quantizer() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("misbehaves");
                    }

                    @Override
                    public Fit fit(Observation observed, Settings settings) {
                        return doing.fit();
                    }
                },
                Quantizer.class);
        bench.accelerators = List.of();
        bench.policies =
                List.of(
                        bench.policy("Odd", bench.rule("odd", "odd")),
                        bench.policy("Good", bench.rule("uniform", "uniform")));
        return bench.workbench
                .run(bench.experiment(), 1, Bench.stoppingWhen(() -> false))
                .outcomes();
    }

    private static void isBroken(List<Outcome> outcomes, String why) {
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken -> {
                            assertThat(broken.plugin()).isEqualTo("quantizer odd");
                            assertThat(broken.reason()).contains(why);
                        });
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void oneThatLoopsForEverIsLeftBehind() {
        System.setProperty(Guard.TIMEOUT, "0.2");
        var end = new CountDownLatch(1);
        try {
            isBroken(
                    outcomes(
                            () -> {
                                while (end.getCount() > 0) {
                                    Thread.onSpinWait(); // and never looks whether it should stop
                                }
                                return null;
                            }),
                    "did not answer within 0.2 s");
        } finally {
            end.countDown();
        }
    }

    @Test
    void oneThatIsTooSlowIsInterrupted() throws InterruptedException {
        System.setProperty(Guard.TIMEOUT, "0.2");
        var interrupted = new CountDownLatch(1);
        outcomes(
                () -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return null;
                });
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneThatAllocatesWithoutEndRunsOutOfMemoryAlone() {
        isBroken(
                outcomes(
                        () -> {
                            var all = new ArrayList<long[]>();
                            while (true) {
                                all.add(new long[1 << 30]);
                            }
                        }),
                "ran out of memory");
    }

    @Test
    void oneThatCallsItselfWithoutEndIsToldSo() {
        isBroken(outcomes(new Recursion()), "called itself without end");
    }

    private static final class Recursion implements Doing {
        @Override
        public Fit fit() {
            return fit();
        }
    }

    @Test
    void oneThatThrowsAnErrorOfItsOwnIsNamed() {
        isBroken(
                outcomes(
                        () -> {
                            throw new AssertionError("no coffee");
                        }),
                "no coffee");
    }

    @Test
    void aGridThatIsNotANumberCannotEvenBeBuilt() {
        isBroken(
                outcomes(() -> Fit.of(Grid.of(new Encoding.Uniform(4, true, 0), Double.NaN), 0)),
                "a scale must be positive and finite, was NaN");
    }

    @Test
    void anAnswerThatIsNoneNamesThePluginAndWhatItWasDoing() {
        assertThatThrownBy(() -> Guard.call("backend b", "reading its settings", () -> null))
                .isInstanceOf(PluginFailure.class)
                .hasMessage("reading its settings: it returned nothing");
    }

    @Test
    void aLimitOfZeroIsNone() {
        System.setProperty(Guard.TIMEOUT, "0");
        assertThat(Guard.call("backend b", "answering", () -> "yes")).isEqualTo("yes");
    }

    @Test
    void aFrozenCatalogForgetsNothingAndLearnsNothing() {
        var frozen = bench.catalog.frozen();
        bench.catalog.quantizers = List.of();
        assertThat(frozen.quantizer("upot")).isPresent();
        assertThat(frozen.plugins()).anyMatch(plugin -> plugin.id().equals("upot"));
        assertThat(bench.catalog.quantizer("upot")).isEmpty();
    }
}
