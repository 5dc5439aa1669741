package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationTest {

    private static final Encoding.Integral FOUR_BITS = new Encoding.Uniform(4, true, 0);
    private static final int[] LEVELS = Grid.levelsOf(FOUR_BITS);

    private static final float[] SMALL = Samples.bell(500, 0.3);
    private static final float[] LARGE = Samples.laplace(1000, 3);

    private static Observation weights() {
        var all = new float[SMALL.length + LARGE.length];
        System.arraycopy(SMALL, 0, all, 0, SMALL.length);
        System.arraycopy(LARGE, 0, all, SMALL.length, LARGE.length);
        return Observation.ofWeights(
                "conv1",
                Distribution.of(all),
                List.of(Distribution.of(SMALL), Distribution.of(LARGE)),
                1);
    }

    @Test
    void oneScaleIsTheBestOfTheWholeTensor() {
        var observed = weights();
        var fit = observed.fit(FOUR_BITS, LEVELS, Scaling.PER_TENSOR);
        var best = observed.all().bestScale(LEVELS);
        assertThat(fit.chosen()).isEqualTo(Grid.of(FOUR_BITS, best.scale()));
        assertThat(fit.squaredError()).isEqualTo(best.squaredError());
    }

    @Test
    void eachChannelHasTheBestScaleOfItsOwn() {
        var observed = weights();
        var fit = observed.fit(FOUR_BITS, LEVELS, Scaling.PER_CHANNEL);
        var small = observed.channels().get(0).bestScale(LEVELS);
        var large = observed.channels().get(1).bestScale(LEVELS);
        assertThat(fit.chosen()).isEqualTo(Grid.of(FOUR_BITS, small.scale(), large.scale()));
        assertThat(fit.squaredError())
                .isCloseTo(
                        (500 * small.squaredError() + 1000 * large.squaredError()) / 1500,
                        Percentage.withPercentage(1e-9));
        assertThat(fit.squaredError())
                .isLessThan((observed.fit(FOUR_BITS, LEVELS, Scaling.PER_TENSOR)).squaredError());
    }

    @Test
    void theErrorThatAFitExpectsIsThatOfItsGrid() {
        for (var scaling : Scaling.values()) {
            var fit = weights().fit(FOUR_BITS, LEVELS, scaling);
            assertThat(weights().squaredError(fit.chosen())).isEqualTo(fit.squaredError());
        }
    }

    @Test
    void aRuleOfItsOwnSetsEveryScale() {
        var two = new ScaleFit(2, 5);
        assertThat(weights().fit(FOUR_BITS, LEVELS, Scaling.PER_TENSOR, (all, levels) -> two))
                .isEqualTo(Fit.of(new Grid(FOUR_BITS, LEVELS, 2), 5));
        var channels =
                weights()
                        .fit(
                                FOUR_BITS,
                                LEVELS,
                                Scaling.PER_CHANNEL,
                                (channel, levels) ->
                                        new ScaleFit(channel.absMax(), channel.mass()));
        assertThat(channels.chosen().scales())
                .isEqualTo(
                        weights().channels().stream().mapToDouble(Distribution::absMax).toArray());
        assertThat(channels.squaredError())
                .isEqualTo(
                        weights().channels().stream()
                                        .mapToDouble(channel -> channel.mass() * channel.mass())
                                        .sum()
                                / weights().all().mass());
    }

    @Test
    void activationsHaveOneScaleWhateverIsAsked() {
        var observed = Observation.ofActivations("conv1", Distribution.of(LARGE), 1);
        assertThat(observed.fit(FOUR_BITS, LEVELS, Scaling.PER_CHANNEL))
                .isEqualTo(observed.fit(FOUR_BITS, LEVELS, Scaling.PER_TENSOR));
        assertThat(observed.shape(Scaling.PER_CHANNEL)).isSameAs(observed.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-channel", "per-tensor"})
    void theSettingChoosesTheScaling(String word) {
        var spec = ParameterSpec.of("x", Scaling.PARAMETER);
        var settings = spec.with(Setting.of("scale", new Value.Word(word)));
        var expected = word.equals("per-channel") ? Scaling.PER_CHANNEL : Scaling.PER_TENSOR;
        assertThat(Scaling.of(settings)).isEqualTo(expected);
        assertThat(weights().fit(FOUR_BITS, settings))
                .isEqualTo(weights().fit(FOUR_BITS, LEVELS, expected));
        assertThat(Scaling.of(spec.defaults())).isEqualTo(Scaling.PER_CHANNEL);
    }

    @Test
    void theShapeOfChannelsIsWithoutTheirSize() {
        var shape = weights().shape(Scaling.PER_CHANNEL);
        assertThat(shape.mass()).isEqualTo(1500);
        assertThat(shape.power()).isCloseTo(1, within(1e-9));
        assertThat(weights().shape(Scaling.PER_TENSOR).power()).isEqualTo(weights().all().power());
    }

    @Test
    void theObjectiveNamesTheShape() {
        assertThat(weights().objective(Scaling.PER_TENSOR)).isEqualTo("mean squared error");
        assertThat(weights().objective(Scaling.PER_CHANNEL))
                .isEqualTo("mean squared error of channels over their root mean square");
        assertThat(activations(1).objective(Scaling.PER_CHANNEL)).isEqualTo("mean squared error");
    }

    @Test
    void aChannelOfZerosHasNoShapeAndACheapScale() {
        var zeros = Distribution.of(new float[100]);
        var some = Distribution.of(SMALL);
        var observed =
                Observation.ofWeights(
                        "fc", Distribution.pooled(List.of(zeros, some)), List.of(zeros, some), 1);
        assertThat(observed.shape(Scaling.PER_CHANNEL).mass()).isEqualTo(500);
        var binary = new Encoding.Table(1, List.of(-1, 1));
        var fit = observed.fit(binary, new int[] {-1, 1}, Scaling.PER_CHANNEL);
        assertThat(fit.grid().orElseThrow().scale(0)).isLessThan(1e-30);
        var dead = Observation.ofWeights("fc", zeros, List.of(zeros, zeros), 1);
        assertThat(dead.shape(Scaling.PER_CHANNEL)).isSameAs(zeros);
        assertThat(dead.fit(FOUR_BITS, LEVELS, Scaling.PER_CHANNEL).squaredError()).isZero();
    }

    @Test
    void aGridOfOtherChannelsIsRefused() {
        var grid = Grid.of(FOUR_BITS, 1, 2, 3);
        assertThatThrownBy(() -> weights().squaredError(grid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a grid of 3 scales does not fit layer conv1 of 2 channels");
        var activations = Observation.ofActivations("fc", Distribution.of(SMALL), 1);
        assertThatThrownBy(() -> activations.squaredError(grid))
                .hasMessage("a grid of 3 scales does not fit layer fc of 0 channels");
    }

    @Test
    void isSignedIfAnySampleIsNegative() {
        assertThat(weights().signed()).isTrue();
        assertThat(activations(0, 1).signed()).isFalse();
        assertThat(activations(-1e-30f, 1).signed()).isTrue();
    }

    @Test
    void sqnrIsTenTimesTheLogarithmOfTheRatio() {
        assertThat(activations(10).sqnr(1)).contains(20.0);
        assertThat(activations(10).sqnr(0)).isEmpty();
        assertThat(activations(0).sqnr(1)).isEmpty();
    }

    @Test
    void keepsItsChannelsToItself() {
        var channels = new ArrayList<>(List.of(Distribution.of(SMALL)));
        var observed = Observation.ofWeights("fc", Distribution.of(SMALL), channels, 1);
        channels.clear();
        assertThat(observed.channels()).hasSize(1);
        assertThat(observed.role()).isEqualTo(Role.WEIGHTS);
    }

    @Test
    void aFitIsAGridWithWhatIsKnownOfIt() {
        var grid = Grid.of(FOUR_BITS, 1);
        var fit = Fit.of(grid, 0.5);
        assertThat(fit.grid()).contains(grid);
        assertThat(fit.encoding()).isEqualTo(FOUR_BITS);
        assertThat(fit.certificate()).isEmpty();
        var certificate = new Certificate(10, 0, 10, 0.5, 0.5, true, "all tried");
        assertThat(fit.certifiedBy(certificate))
                .isEqualTo(new Fit.Quantized(grid, 0.5, Optional.of(certificate)));
        assertThat(new Fit.Unquantized().grid()).isEmpty();
        assertThat(new Fit.Unquantized().encoding()).isEqualTo(new Encoding.Float32());
    }

    @Test
    void anImpossibleFitIsRefused() {
        var grid = Grid.of(FOUR_BITS, 1);
        for (double error : new double[] {-1e-9, Double.NaN}) {
            assertThatThrownBy(() -> Fit.of(grid, error))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a squared error is not negative, was " + error);
        }
        assertThatThrownBy(() -> Fit.of(null, 0)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Fit.of(grid, 0).certifiedBy(null))
                .isInstanceOf(NullPointerException.class);
    }

    private static Observation activations(float... samples) {
        return Observation.ofActivations("fc", Distribution.of(samples), 1);
    }
}
