package org.dyadic.api.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Dimension;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentTest {

    private static final Position AT = Position.startOf("a.dyadic");

    @ParameterizedTest
    @CsvSource({
        "90, PERCENT, 0.9, ONE, true, true",
        "57, PERCENT, 0.57, ONE, true, true",
        "57, PERCENT, 0.57, ONE, false, true",
        "0.29, ONE, 29, PERCENT, false, true",
        "90, PERCENT, 0.8999, ONE, true, false",
        "90, PERCENT, 0.9001, ONE, false, false"
    })
    void aLimitHoldsUpToItselfInAnyUnit(
            double limit, Unit unit, double figure, Unit figures, boolean atLeast, boolean holds) {
        assertThat(accuracy(atLeast, Quantity.of(limit, unit)).holds(Quantity.of(figure, figures)))
                .isEqualTo(holds);
    }

    @Test
    void everyShareOfCorrectImagesMeetsItsOwnPercentage() {
        for (int correct = 0; correct <= 10_000; correct++) {
            var share = Quantity.of(correct / 10_000.0, Unit.ONE);
            var limit = Quantity.of(correct / 100.0, Unit.PERCENT);
            assertThat(accuracy(true, limit).holds(share)).as("%s", limit).isTrue();
            assertThat(accuracy(false, limit).holds(share)).as("%s", limit).isTrue();
        }
    }

    @Test
    void aLimitPrintsAsInAFile() {
        assertThat(accuracy(true, Quantity.of(90.125678, Unit.PERCENT)))
                .hasToString("accuracy of FourBit >= 90.125678 %");
        assertThat(
                        new Expectation(
                                Metric.AREA,
                                "FourBit",
                                Optional.of("Array"),
                                false,
                                Quantity.of(5, Unit.SQUARE_MILLIMETRE),
                                AT))
                .hasToString("area of FourBit on Array <= 5 mm2");
    }

    @Test
    void aLimitMeasuresWhatItsMetricDoes() {
        assertThatThrownBy(() -> accuracy(true, Quantity.of(5, Unit.JOULE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy is a ratio, limit was 5 J");
        assertThatThrownBy(
                        () ->
                                accuracy(true, Quantity.of(1, Unit.ONE))
                                        .holds(Quantity.of(1, Unit.JOULE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theWordsOfTheLanguageArePermanent() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::id))
                .containsExactly("accuracy", "latency", "energy", "area");
        assertThat(Arrays.stream(Metric.values()).map(Metric::dimension))
                .containsExactly(Dimension.RATIO, Dimension.TIME, Dimension.ENERGY, Dimension.AREA);
        assertThat(Arrays.stream(LayerClass.values()).map(LayerClass::id))
                .containsExactly("first", "last", "convolution", "depthwise", "pointwise", "dense");
    }

    @Test
    void anExperimentNeedsAPolicyAndARuleASelector() {
        assertThatThrownBy(() -> experiment(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an experiment needs a policy");
        assertThatThrownBy(() -> new Rule(List.of(), Optional.empty(), Optional.empty(), AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a rule needs a selector");
    }

    @Test
    void keepsItsListsToItself() {
        var rules = new ArrayList<Rule>();
        rules.add(new Rule(List.of(new Selector.Every()), Optional.empty(), Optional.empty(), AT));
        var policies = new ArrayList<>(List.of(new PolicyUse("P", Optional.empty(), rules, AT)));
        var experiment = experiment(policies);
        rules.clear();
        policies.clear();
        assertThat(experiment.policies()).hasSize(1);
        assertThat(experiment.policies().get(0).rules()).hasSize(1);
    }

    @Test
    void everyDatasetMaySkipAndTake() {
        var format = ParameterSpec.of("images", Parameter.whole("classes", 1, 9).defaultsTo(9));
        var spec = DatasetUse.parameters(format);
        assertThat(spec.names()).containsExactly("classes", "skip", "take");
        var whole = dataset(spec.defaults());
        assertThat(whole.skip()).isZero();
        assertThat(whole.take()).isEqualTo(Integer.MAX_VALUE);
        var part = dataset(spec.with(whole("skip", 3), whole("take", 100)));
        assertThat(part.skip()).isEqualTo(3);
        assertThat(part.take()).isEqualTo(100);
        assertThatThrownBy(() -> spec.with(whole("take", 0))).hasMessageContaining("out of range");
    }

    @Test
    void aNetworkNeedNotStateItsNormalisation() {
        var none = NetworkUse.PARAMETERS.defaults();
        assertThat(none.has("mean")).isFalse();
        assertThat(none.has("deviation")).isFalse();
        assertThatThrownBy(() -> NetworkUse.PARAMETERS.with(whole("deviation", 0)))
                .hasMessageContaining("deviation: 0 is out of range");
    }

    private static Setting whole(String name, int value) {
        return Setting.of(name, new Value.Number(Quantity.of(value, Unit.ONE)));
    }

    private static DatasetUse dataset(Settings settings) {
        return new DatasetUse("Test", Path.of("test"), "images", settings, AT);
    }

    private static Expectation accuracy(boolean atLeast, Quantity limit) {
        return new Expectation(Metric.ACCURACY, "FourBit", Optional.empty(), atLeast, limit, AT);
    }

    private static Experiment experiment(List<PolicyUse> policies) {
        return new Experiment(
                "Main",
                new NetworkUse("Tiny", Path.of("tiny.onnx"), Settings.none(), AT),
                Optional.empty(),
                policies,
                List.of(),
                Optional.empty(),
                List.of(),
                Path.of("a.dyadic"),
                AT);
    }
}
