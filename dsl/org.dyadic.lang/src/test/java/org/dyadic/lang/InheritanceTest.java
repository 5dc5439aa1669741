package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code extends} does for accelerators and for policies. */
class InheritanceTest {

    private static final String BASE =
            """
            accelerator Base uses systolic {
                clock 1 GHz
                array 8 x 8
                multiplier int4
                buffers { weights 1 KiB  outputs 2 KiB }
            }
            """;

    @TempDir Path folder;
    private Texts texts;

    @BeforeEach
    void texts() {
        texts = new Texts(folder);
    }

    @Test
    void theBackendIsInheritedWhenNotStated() {
        var child = texts.accelerator(BASE + "accelerator Child extends Base { array 4 x 4 }");
        assertThat(child.backend()).isEqualTo("systolic");
        assertThat(child.settings().extent("array")).hasToString("4 x 4");
        assertThat(child.settings().measure("clock")).isEqualTo(Quantity.of(1, Unit.GIGAHERTZ));
    }

    @Test
    void blocksAreMergedSettingBySetting() {
        var child =
                texts.accelerator(
                        BASE + "accelerator Child extends Base { buffers { outputs 9 KiB } }");
        var buffers = child.settings().block("buffers");
        assertThat(buffers.measure("weights")).isEqualTo(Quantity.of(1, Unit.KIBIBYTE));
        assertThat(buffers.measure("outputs")).isEqualTo(Quantity.of(9, Unit.KIBIBYTE));
        assertThat(buffers.measure("activations")).isEqualTo(Quantity.of(64, Unit.KIBIBYTE));
    }

    @Test
    void anOldNameIsRestatedByItsNewOneAndTheOtherWayRound() {
        var child =
                texts.accelerator(
                        "accelerator Old uses systolic { frequency 1 GHz  buffers { weights 1 KiB } }"
                                + " accelerator Child extends Old { clock 2 GHz  memories { outputs 9"
                                + " KiB } }");
        assertThat(child.settings().measure("clock")).isEqualTo(Quantity.of(2, Unit.GIGAHERTZ));
        var buffers = child.settings().block("buffers");
        assertThat(buffers.measure("weights")).isEqualTo(Quantity.of(1, Unit.KIBIBYTE));
        assertThat(buffers.measure("outputs")).isEqualTo(Quantity.of(9, Unit.KIBIBYTE));
    }

    @Test
    void anotherBackendKeepsTheSettingsItKnows() {
        var child = texts.accelerator(BASE + "accelerator Child extends Base uses upot-array { }");
        assertThat(child.backend()).isEqualTo("upot-array");
        assertThat(child.settings().measure("clock")).isEqualTo(Quantity.of(1, Unit.GIGAHERTZ));
        assertThat(child.settings().has("multiplier")).isFalse();
        assertThat(child.settings().whole("terms")).isEqualTo(2);
    }

    @Test
    void settingsPassThroughAWholeLine() {
        var last =
                texts.accelerator(
                        """
                        accelerator Last extends Middle { array 2 x 2 }
                        accelerator Middle extends Base { clock 2 GHz }
                        """
                                + BASE
                                + "accelerator End extends Last { }");
        assertThat(last.settings().extent("array")).hasToString("2 x 2");
        assertThat(last.settings().measure("clock")).isEqualTo(Quantity.of(2, Unit.GIGAHERTZ));
        assertThat(last.settings().choice("multiplier")).isEqualTo("int4");
    }

    @Test
    void aPolicyAppendsItsRulesAndKeepsTheCalibration() {
        var policy =
                texts.experiment(
                                """
                                network Net from "net.onnx"
                                dataset Calib from "data" as cifar10
                                dataset Other from "other" as cifar10
                                policy Base { calibrate Calib  default weights upot }
                                policy Child extends Base { layers first weights float }
                                policy Moved extends Child { calibrate Other }
                                experiment Main { network Net  dataset Calib  policies Child, Moved }
                                """)
                        .policies();
        assertThat(policy.get(0).rules())
                .extracting(rule -> rule.selectors().toString())
                .containsExactly("[default]", "[first]");
        assertThat(policy.get(0).calibration().orElseThrow().dataset().name()).isEqualTo("Calib");
        assertThat(policy.get(1).rules()).hasSize(2);
        assertThat(policy.get(1).calibration().orElseThrow().dataset().name()).isEqualTo("Other");
    }

    @Test
    void aPolicyInheritsTheCalibrationSettingsItDoesNotRestate() {
        var policies =
                texts.experiment(
                                """
                                network Net from "net.onnx"
                                dataset Calib from "data" as cifar10
                                dataset Other from "other" as cifar10
                                policy Base { calibrate Calib { refit off }  default weights upot }
                                policy Same extends Base { }
                                policy Less extends Base { calibrate Calib { blocks off } }
                                policy Moved extends Less { calibrate Other { refit on } }
                                experiment Main {
                                    network Net
                                    dataset Calib
                                    policies Base, Same, Less, Moved
                                }
                                """)
                        .policies();
        assertThat(policies)
                .extracting(policy -> policy.calibration().orElseThrow().settings().toString())
                .containsExactly(
                        calibration("off", "on"),
                        calibration("off", "on"),
                        calibration("off", "off"),
                        calibration("on", "off"));
        assertThat(policies)
                .extracting(policy -> policy.calibration().orElseThrow().dataset().name())
                .containsExactly("Calib", "Calib", "Calib", "Other");
    }

    private static String calibration(String refit, String blocks) {
        return Calibration.PARAMETERS
                .with(
                        Setting.of("refit", new Value.Word(refit)),
                        Setting.of("blocks", new Value.Word(blocks)))
                .toString();
    }

    @Test
    void whatIsWrongInAParentIsReportedThereOnly() {
        assertThat(
                        texts.messages(
                                """
                                accelerator Base uses systolic { clock 1 nm }
                                accelerator Child extends Base
                                accelerator Grandchild extends Child
                                """))
                .singleElement()
                .asString()
                .startsWith("1:40 clock: 1 nm is a length");
    }

    @Test
    void aLineageHasAnEnd() {
        var text = new StringBuilder("policy P0 float\n");
        for (int i = 1; i < 3_000; i++) {
            text.append("policy P" + i + " extends P" + (i - 1) + " { }\n");
        }
        assertThat(texts.messages(text.toString()))
                .singleElement()
                .asString()
                .startsWith("101:21 'P100' is the end of more than 100 declarations");
    }
}
