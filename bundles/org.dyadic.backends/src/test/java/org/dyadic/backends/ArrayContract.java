package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.testkit.BackendContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;

/** What arrays with decoders at their edge promise beyond what every backend must do. */
interface ArrayContract extends BackendContract {

    @Test
    default void theBillFollowsTheArray() {
        var offered =
                (ParameterType.Choice) backend().parameters().find("dataflow").orElseThrow().type();
        assertThat(offered.options()).contains("weight-stationary", "output-stationary");
        offered.options().forEach(this::theBillFollowsTheArray);
    }

    private void theBillFollowsTheArray(String word) {
        var dataflow = Dataflow.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        var settings =
                backend()
                        .parameters()
                        .with(Layers.array(3, 5), Layers.word("dataflow", dataflow.id()));
        var machine = backend().build(settings);

        assertThat(machine.dataflow()).isEqualTo(dataflow);
        for (var part : machine.element()) {
            assertThat(Layers.count(machine, part.purpose())).isEqualTo(15 * part.count());
        }
        assertThat(Layers.count(machine, "requantizers")).isEqualTo(5);
        assertThat(Layers.count(machine, "weight decoders")).isEqualTo(5);
        assertThat(Layers.count(machine, "activation decoders")).isEqualTo(3);
        assertThat(Layers.count(machine, "weight buffer")).isEqualTo(1);
        assertThat(Layers.count(machine, "activation buffer")).isEqualTo(1);
        assertThat(Layers.count(machine, "output buffer")).isEqualTo(1);
        assertThat(Layers.count(machine, "partial sum adders"))
                .isEqualTo(dataflow == Dataflow.OUTPUT_STATIONARY ? 0 : 5);
        assertThat(machine.datapath().padding()).isEqualTo(Padding.ZERO);
    }

    @Test
    default void aRefusalOfFloatsSaysWhatToDo() {
        var settings = backend().parameters().defaults();
        var numbers = new Fit.Unquantized();
        var codes = Layers.uniform(4, true);

        assertThat(Layers.reason(backend().judge(Samples.operands(numbers, codes), settings)))
                .isEqualTo(
                        "weights are float32 and this array computes in integers; quantize them");
        assertThat(Layers.reason(backend().judge(Samples.operands(codes, numbers), settings)))
                .startsWith("activations are float32");
    }

    @Test
    default void eightBitFirstAndLastLayersRunByDefault() {
        var settings = backend().parameters().defaults();
        var weights = Layers.uniform(8, true);

        assertThat(
                        Layers.macsPerCycle(
                                backend()
                                        .judge(
                                                Samples.operands(weights, Layers.uniform(8, true)),
                                                settings)))
                .isPositive();
        assertThat(
                        Layers.macsPerCycle(
                                backend()
                                        .judge(
                                                Samples.operands(weights, Layers.uniform(8, false)),
                                                settings)))
                .isPositive();
    }

    @Test
    default void theArithmeticIsTheOneAskedFor() {
        var datapath =
                backend()
                        .build(
                                backend()
                                        .parameters()
                                        .with(
                                                Layers.number("accumulator", 19),
                                                Layers.word("overflow", "saturate"),
                                                Layers.word("requantizer", "multiplier-16"),
                                                Layers.word("rounding", "half-away"),
                                                Layers.word("padding", "nearest-level")))
                        .datapath();
        assertThat(datapath)
                .isEqualTo(
                        new Datapath(
                                19,
                                Overflow.SATURATE,
                                new Requantizer.Multiplier(16),
                                Rounding.HALF_AWAY,
                                Padding.NEAREST_LEVEL));
    }

    /** A sum that saturates is whole until then, so only what follows it is narrow. */
    @Test
    default void sumsThatSaturateTakeWideAddersAndSaturators() {
        var narrow = Layers.number("accumulator", 16);
        var saturate = Layers.word("overflow", "saturate");
        var parameters = backend().parameters();
        int roomy = adder(backend().build(parameters.defaults()));

        assertThat(adder(backend().build(parameters.with(narrow)))).isEqualTo(16);
        var machine = backend().build(parameters.with(narrow, saturate));
        assertThat(adder(machine)).isEqualTo(roomy);
        assertThat(machine.requantizer().accumulatorBits()).isEqualTo(16);
        assertThat(machine.bill())
                .contains(
                        new BillItem(
                                "saturators",
                                new Component.Saturator(roomy, 16),
                                machine.columns()));
        var wide = Layers.number("accumulator", 64);
        assertThat(Layers.count(backend().build(parameters.with(wide, saturate)), "saturators"))
                .isZero();
        assertThat(Layers.count(backend().build(parameters.with(narrow)), "saturators")).isZero();
    }

    private static int adder(Machine machine) {
        return machine.element().stream()
                .map(BillItem::component)
                .filter(Component.Adder.class::isInstance)
                .map(Component.Adder.class::cast)
                .findFirst()
                .orElseThrow()
                .bits();
    }

    @Test
    default void whereSumsAreComparedEachChannelHasThresholds() {
        var machine =
                backend()
                        .build(
                                backend()
                                        .parameters()
                                        .with(
                                                Layers.array(3, 5),
                                                Layers.number("accumulator", 20),
                                                Layers.word("requantizer", "thresholds")));
        assertThat(machine.bill())
                .contains(new BillItem("level thresholds", new Component.Register(20), 15 * 5));
        assertThat(machine.requantizer().by()).isEqualTo(new Requantizer.Thresholds());
    }

    @Test
    default void aZeroPointNeedsSubtractors() {
        var shifted = Layers.fit(new Encoding.Uniform(4, false, 8));
        var codes = Layers.uniform(4, true);
        var without = backend().parameters().defaults();
        var with = backend().parameters().with(Layers.word("zero-points", "yes"));

        for (var operands :
                List.of(Samples.operands(shifted, codes), Samples.operands(codes, shifted))) {
            assertThat(Layers.reason(backend().judge(operands, without)))
                    .endsWith(
                            "s are coded as 4-bit unsigned integer with zero point 8, and nothing"
                                    + " here subtracts it; zero-points yes would fit");
            assertThat(Layers.macsPerCycle(backend().judge(operands, with))).isPositive();
        }
    }

    @Test
    default void subtractorsForZeroPointsAreOnTheBill() {
        var array = Layers.array(3, 5);
        var with =
                backend()
                        .build(
                                backend()
                                        .parameters()
                                        .with(array, Layers.word("zero-points", "yes")));
        assertThat(Layers.count(with, "weight zero points")).isEqualTo(5);
        assertThat(Layers.count(with, "activation zero points")).isEqualTo(3);
        assertThat(Layers.count(with, "result zero points")).isEqualTo(5);

        var without = backend().build(backend().parameters().with(array));
        assertThat(without.bill())
                .isEqualTo(
                        with.bill().stream()
                                .filter(part -> !part.purpose().endsWith("zero points"))
                                .toList());
    }

    @Test
    default void codesWiderThanTheDecodersAreRefusedWithTheSettingThatHelps() {
        var wide =
                Layers.table(
                        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                        21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 40);
        var codes = Layers.uniform(4, true);
        var defaults = backend().parameters().defaults();

        assertThat(Layers.reason(backend().judge(Samples.operands(wide, codes), defaults)))
                .isEqualTo(
                        "weights are coded as 5-bit table, and the decoders take at most 4 bits;"
                                + " code-bits 5 would fit");
        var five = backend().parameters().with(Layers.number("code-bits", 5));
        assertThat(Layers.macsPerCycle(backend().judge(Samples.operands(wide, codes), five)))
                .isPositive();
    }
}
