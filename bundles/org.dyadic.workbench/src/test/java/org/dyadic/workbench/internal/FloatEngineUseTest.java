package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.network.Network;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.KernelChoice;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatEngine;
import org.dyadic.network.FloatEngines;
import org.dyadic.network.FloatNetwork;
import org.dyadic.network.FloatSession;
import org.junit.jupiter.api.Test;

/** The engine for single precision in a run. */
class FloatEngineUseTest {

    private final Bench bench = new Bench();
    private final AtomicInteger open = new AtomicInteger();

    /** Our own engine under another name. */
    private FloatEngine engine(Optional<String> hindrance) {
        return new FloatEngine() {
            @Override
            public String id() {
                return "guest";
            }

            @Override
            public String title() {
                return "Guest 1.0";
            }

            @Override
            public Optional<String> hindrance() {
                return hindrance;
            }

            @Override
            public FloatSession open(Network network) {
                var own = new FloatNetwork(network);
                open.incrementAndGet();
                return new FloatSession() {
                    @Override
                    public float[] run(float[] image) {
                        return own.run(image);
                    }

                    @Override
                    public void close() {
                        open.decrementAndGet();
                    }
                };
            }
        };
    }

    private Results run(FloatEngine... installed) {
        var engines = FloatEngines.of(Kernels.scalar(), installed);
        return new DyadicWorkbench(
                        bench.catalog, KernelChoice.of(Kernels.scalar()), engines, bench.journal)
                .run(bench.experiment(), 1, Progress.silent());
    }

    private static Outcome floats(Results results) {
        return results.outcomes().get(0);
    }

    @Test
    void theReportNamesTheEngineThatRanFloatPolicies() {
        var results = run(engine(Optional.empty()));
        var accuracy = floats(results).accuracy().orElseThrow();
        assertThat(accuracy.arithmetic()).isEqualTo("float32");
        assertThat(accuracy.kernels().values()).isNotEmpty().containsOnly("Guest 1.0");
        assertThat(results.diagnostics()).isEmpty();
        assertThat(open).as("sessions left open").hasValue(0);
    }

    @Test
    void oneThatDoesNotWorkIsReplacedAndTheReasonTold() {
        var results = run(engine(Optional.of("no library for Minix")));
        var accuracy = floats(results).accuracy().orElseThrow();
        assertThat(accuracy.kernels().values()).containsOnly("java, scalar kernels");
        assertThat(results.diagnostics())
                .singleElement()
                .satisfies(
                        warning -> {
                            assertThat(warning.code()).isEqualTo(IssueCode.DEGRADED);
                            assertThat(warning.message()).contains("no library for Minix");
                        });
        assertThat(accuracy.top1()).isEqualTo(floats(run()).accuracy().orElseThrow().top1());
    }

    @Test
    void oneThatIsForcedAndNotThereBreaksWhatNeedsIt() {
        var before = System.setProperty(FloatEngines.PROPERTY, "guest");
        try {
            var results = run();
            assertThat(floats(results)).isInstanceOf(Outcome.Broken.class);
            assertThat(results.outcomes().get(2).status()).isEqualTo("ok");
            assertThat(results.diagnostics())
                    .extracting(Diagnostic::message)
                    .allSatisfy(message -> assertThat(message).contains("installed: java"));
        } finally {
            if (before == null) {
                System.clearProperty(FloatEngines.PROPERTY);
            } else {
                System.setProperty(FloatEngines.PROPERTY, before);
            }
        }
    }
}
