package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.backends.BitFusionArray;
import org.dyadic.backends.CodebookArray;
import org.dyadic.backends.DecodeArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An accelerator that refuses a policy names the backend that would not. */
class AlternativesTest {

    private final Bench bench = new Bench();

    @BeforeEach
    void installOnlyWhatATestNames() {
        bench.catalog.backends = List.of();
        bench.install("backend", "bit-fusion", new BitFusionArray(), Backend.class);
        bench.accelerators = List.of(bench.accelerator("Fused", "bit-fusion"));
    }

    private void policy(String quantizer, int bits) {
        var codes = bench.quantizer(quantizer, number("bits", bits));
        bench.policies =
                List.of(
                        bench.policy(
                                "Codes",
                                new Rule(
                                        List.of(new Selector.Every()),
                                        Optional.of(codes),
                                        Optional.of(bench.quantizer("uniform")),
                                        Bench.HERE)));
    }

    private static Setting number(String name, int number) {
        return Setting.of(name, new Value.Number(Quantity.of(number, Unit.ONE)));
    }

    private String checked() {
        var found = bench.workbench.check(bench.experiment());
        assertThat(found).hasSize(1);
        return found.stream().map(Diagnostic::message).findFirst().orElseThrow();
    }

    private Outcome run() {
        return bench.workbench.run(bench.experiment(), 1, Progress.silent()).outcomes().get(0);
    }

    @Test
    void theCheckAndTheRunNameTheBackendThatWouldExecuteThePolicy() {
        bench.install("backend", "decode", new DecodeArray(), Backend.class);
        policy("upot", 4);

        assertThat(checked())
                .startsWith("Fused cannot execute policy Codes: layer conv: weights are coded as")
                .endsWith("; backend decode would execute every layer");
        assertThat(((Outcome.Infeasible) run()).reason())
                .startsWith("layer conv: weights are coded as 4-bit power sum")
                .endsWith("; backend decode would execute every layer");
    }

    @Test
    void whatHasToBeSetIsSaid() {
        bench.install("backend", "decode", new DecodeArray(), Backend.class);
        policy("upot", 5);

        assertThat(checked())
                .endsWith("; backend decode with code-bits 5 would execute every layer");
        bench.accelerators =
                List.of(bench.accelerator("Decoding", "decode", number("code-bits", 5)));
        assertThat(run().status()).isEqualTo("ok");
    }

    @Test
    void aSettingThatOnlyAnotherMakesHelpIsFoundToo() {
        bench.install(
                "backend",
                "steps",
                new Array(4) {
                    @Override
                    public ParameterSpec parameters() {
                        return parameters(
                                Dataflow.WEIGHT_STATIONARY,
                                Parameter.whole("first", 1, 9).defaultsTo(1).documented("one"),
                                Parameter.whole("second", 1, 9).defaultsTo(5).documented("two"));
                    }

                    @Override
                    public Verdict judge(Operands operands, Settings settings) {
                        if (settings.whole("first") < 3) {
                            return new Verdict.Refusal("the first is too small");
                        }
                        return settings.whole("second") > 3
                                ? new Verdict.Refusal("the second is too large")
                                : super.judge(operands, settings);
                    }
                },
                Backend.class);
        policy("upot", 4);

        assertThat(checked())
                .endsWith("; backend steps with first 3 and second 3 would execute every layer");
    }

    @Test
    void fewerChangesGoBeforeSmallerAreas() {
        bench.install("backend", "codebook-array", new CodebookArray(), Backend.class);
        bench.install("backend", "five", multiplying(5), Backend.class);
        policy("upot", 5);

        assertThat(checked()).endsWith("; backend five would execute every layer");
    }

    @Test
    void ofEqualChangesTheSmallestAreaGoesFirst() {
        bench.install("backend", "large", multiplying(400), Backend.class);
        bench.install("backend", "small", multiplying(4), Backend.class);
        bench.install("backend", "tiny", multiplying(2), Backend.class);
        policy("upot", 4);

        assertThat(checked()).endsWith("; backend tiny would execute every layer");
    }

    @Test
    void aBackendThatFailsIsNoAlternative() {
        bench.install(
                "backend",
                "broken",
                new Array(4) {
                    @Override
                    public Verdict judge(Operands operands, Settings settings) {
                        throw new IllegalStateException("never judges");
                    }
                },
                Backend.class);
        policy("upot", 4);

        assertThat(checked()).endsWith("plain integers without zero point (and 1 more layers)");
    }

    @Test
    void ofFloatsNoBackendIsNamed() {
        bench.install("backend", "decode", new DecodeArray(), Backend.class);
        bench.policies = List.of(bench.policy("Float", bench.rule("float", "float")));

        assertThat(((Outcome.Infeasible) run()).reason())
                .contains("float32")
                .doesNotContain("decode");
    }

    @Test
    void aRowStationaryMachineWithoutATimingIsBroken() {
        bench.install(
                "backend",
                "untimed",
                new Array(4) {
                    @Override
                    public ParameterSpec parameters() {
                        return parameters(Dataflow.ROW_STATIONARY);
                    }
                },
                Backend.class);
        bench.accelerators = List.of(bench.accelerator("Untimed", "untimed"));
        policy("uniform", 4);

        var broken = (Outcome.Broken) run();
        assertThat(broken.plugin()).startsWith("backend untimed");
        assertThat(broken.reason())
                .isEqualTo(
                        "judging layer conv: it accepted without a timing, which a row-stationary"
                                + " machine needs");
    }

    private static Backend multiplying(int bits) {
        return new Array(bits);
    }

    /** It takes whatever is quantized, and its multipliers have so many bits. */
    private static class Array implements Backend {

        private final int bits;

        Array(int bits) {
            this.bits = bits;
        }

        static ParameterSpec parameters(Dataflow dataflow, Parameter... own) {
            return Chassis.parameters(
                    "an array",
                    Chassis.Typical.of(List.of(dataflow)),
                    Stream.concat(
                                    Arrays.stream(own),
                                    Datapath.parameters("32", "multiplier").stream())
                            .toArray(Parameter[]::new));
        }

        @Override
        public ParameterSpec parameters() {
            return parameters(Dataflow.WEIGHT_STATIONARY);
        }

        @Override
        public Machine build(Settings settings) {
            var datapath = Datapath.of(settings, 32);
            return Chassis.of(settings)
                    .machine(
                            datapath,
                            List.of(
                                    new BillItem(
                                            "multipliers",
                                            new Component.Multiplier(bits, bits),
                                            1)),
                            new Component.Requantize(datapath, 8, 0),
                            List.of());
        }

        @Override
        public Verdict judge(Operands operands, Settings settings) {
            return operands.weights().grid().isPresent()
                    ? new Verdict.Acceptance(1)
                    : new Verdict.Refusal("it computes in integers");
        }
    }
}
