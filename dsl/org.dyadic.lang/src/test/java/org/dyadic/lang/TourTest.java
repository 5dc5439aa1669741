package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

/** The program that shows the whole language reads into the experiment it describes. */
class TourTest {

    private static final Path FILE = Path.of("src/test/programs/good/tour.dyadic");

    private final Experiment main =
            new DyadicReader(new TestCatalog()).read(FILE).experiments().get(0);

    @Test
    void anExperimentHasItsPartsInTheOrderOfTheText() {
        assertThat(main.name()).isEqualTo("Main");
        assertThat(main.file()).isEqualTo(FILE);
        assertThat(main.policies())
                .extracting(PolicyUse::name)
                .containsExactly("Float32", "FourBit", "Plain", "Published");
        assertThat(main.accelerators())
                .extracting(it -> it.name() + " uses " + it.backend())
                .containsExactly("ShiftArray uses upot-array", "Int8Array uses systolic");
        assertThat(main.simulator().orElseThrow().id()).isEqualTo("analytic");
    }

    @Test
    void pathsAreRelativeToTheFile() {
        assertThat(main.network().file()).isEqualTo(FILE.resolveSibling("models/resnet20.onnx"));
        assertThat(main.dataset().orElseThrow().location())
                .isEqualTo(FILE.resolveSibling("data/cifar10"));
    }

    @Test
    void aDatasetHasItsFormatAndSettings() {
        var calibration = main.policies().get(1).calibration().orElseThrow().dataset();
        assertThat(calibration.format()).isEqualTo("cifar10");
        assertThat(calibration.settings().choice("split")).isEqualTo("train");
        assertThat(calibration.take()).isEqualTo(512);
        assertThat(calibration.skip()).isZero();
    }

    @Test
    void anAcceleratorHasEverySettingWithItsUnit() {
        assertThat(main.accelerators().get(0).settings().asMap())
                .containsAllEntriesOf(
                        Map.of(
                                "technology", number(45, Unit.NANOMETRE),
                                "clock", number(500, Unit.MEGAHERTZ),
                                "array", new Value.Extent(16, 16),
                                "dataflow", new Value.Word("weight-stationary"),
                                "buffers.weights", number(64, Unit.KIBIBYTE),
                                "buffers.activations", number(128, Unit.KIBIBYTE),
                                "dram.bandwidth", number(12.8, Unit.GIGABYTE_PER_SECOND),
                                "dram.energy", number(8, Unit.PICOJOULE_PER_BIT)));
    }

    @Test
    void anAcceleratorInheritsWhatItDoesNotRestate() {
        var settings = main.accelerators().get(1).settings();
        assertThat(settings.choice("multiplier")).isEqualTo("int8");
        assertThat(settings.block("buffers").measure("activations"))
                .isEqualTo(Quantity.of(128, Unit.KIBIBYTE));
    }

    @Test
    void rulesAreInTheOrderOfTheText() {
        assertThat(main.policies().get(1).rules())
                .extracting(TourTest::summary)
                .containsExactly(
                        "[default] upot bits 4 / upot bits 4",
                        "[first, last] uniform bits 8 / uniform bits 8",
                        "[\"layer3.*\"] apot bits 3 / -",
                        "[depthwise] uniform bits 8 / -");
        assertThat(main.policies().get(1).rules().get(1).selectors())
                .isEqualTo(
                        List.of(
                                new Selector.Classed(LayerClass.FIRST),
                                new Selector.Classed(LayerClass.LAST)));
    }

    @Test
    void aQuantizerAfterTheNameOfAPolicyIsForEverything() {
        assertThat(main.policies().get(0).rules())
                .extracting(
                        rule ->
                                rule.selectors()
                                        + " "
                                        + rule.weights().orElseThrow().id()
                                        + " "
                                        + rule.activations().orElseThrow().id())
                .containsExactly("[default] float float");
    }

    @Test
    void importedNamesAreVisible() {
        var published = main.policies().get(3);
        assertThat(published.at().file())
                .isEqualTo("src/test/programs/good/library/published.dyadic");
        assertThat(published.rules()).hasSize(1);
    }

    @Test
    void anExpectationHasItsLimit() {
        var limit = main.expectations().get(0);
        assertThat(limit.metric()).isEqualTo(Metric.ACCURACY);
        assertThat(limit).hasToString("accuracy of FourBit >= 90 %");
        assertThat(limit.accelerator()).isEmpty();
    }

    private static String summary(Rule rule) {
        return rule.selectors()
                + " "
                + rule.weights()
                        .map(use -> use.id() + " bits " + use.settings().whole("bits"))
                        .orElse("-")
                + " / "
                + rule.activations()
                        .map(use -> use.id() + " bits " + use.settings().whole("bits"))
                        .orElse("-");
    }

    private static Value number(double value, Unit unit) {
        return new Value.Number(Quantity.of(value, unit));
    }
}
