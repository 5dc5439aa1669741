package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are written, with and without units. */
class SettingsTest {

    @TempDir Path folder;
    private Texts texts;

    @BeforeEach
    void texts() {
        texts = new Texts(folder);
    }

    static java.util.stream.Stream<Unit> units() {
        return Arrays.stream(Unit.values()).filter(unit -> unit != Unit.ONE);
    }

    @ParameterizedTest
    @MethodSource("units")
    void everyUnitIsRecognisedWithTheNextSettingOnItsLine(Unit unit) {
        var messages =
                texts.messages(
                        "accelerator A uses tiny { array 4 x 4  nothing 7 "
                                + unit.symbol()
                                + " label \"text\" }");
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0)).startsWith("1:40 unknown setting 'nothing'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"16 x 8", "16x8", "16 x8", "16x 8", "16\tx\t8", "16 /* by */ x 8"})
    void anExtentMayBeWrittenWithOrWithoutSpaces(String extent) {
        var settings = texts.accelerator("accelerator A uses systolic { array " + extent + " }");
        assertThat(settings.settings().extent("array")).hasToString("16 x 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5 GHz", "0.5GHz", "5e-1 GHz", "500 MHz", "5E+2 MHz", "500000 kHz"})
    void aNumberMayBeWrittenInManyWays(String clock) {
        var settings = texts.accelerator("accelerator A uses systolic { clock " + clock + " }");
        assertThat(settings.settings().measure("clock").base()).isEqualTo(5e8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.8 GB/s", "12.8GB/s", "12.8 GB / s", "12800 MB/s"})
    void aUnitMayBeAQuotient(String bandwidth) {
        var settings =
                texts.accelerator(
                        "accelerator A uses systolic { dram { bandwidth "
                                + bandwidth
                                + " energy 8 pJ/bit } }");
        assertThat(settings.settings().block("dram").measure("bandwidth").base()).isEqualTo(12.8e9);
    }

    @Test
    void settingsMayStandOnOneLineOrOnSeveral() {
        var settings =
                texts.accelerator(
                        """
                        accelerator A uses systolic { clock 1 GHz technology 45 nm array 4 x 4 buffers
                            { weights 1 KiB activations 2 KiB
                              outputs 3 KiB } multiplier int4 }
                        """);
        assertThat(settings.settings().block("buffers").measure("outputs"))
                .isEqualTo(Quantity.of(3, Unit.KIBIBYTE));
        assertThat(settings.settings().choice("multiplier")).isEqualTo("int4");
    }

    @Test
    void keywordsMayNameSettingsAndBeTheirValues() {
        var dataset =
                texts.experiment(
                                """
                                network Net from "net.onnx"
                                dataset Images from "data" as folder { from on weights -0.5, 1 labels "a\\"b\\\\c" }
                                policy Float float
                                experiment Main { network Net dataset Images policies Float }
                                """)
                        .dataset()
                        .orElseThrow();
        assertThat(dataset.settings().choice("from")).isEqualTo("on");
        assertThat(dataset.settings().reals("weights")).containsExactly(-0.5, 1.0);
        assertThat(dataset.settings().text("labels")).isEqualTo("a\"b\\c");
    }

    @Test
    void xIsAnOrdinaryNameElsewhere() {
        var experiment =
                texts.experiment(
                        """
                        network x from "net.onnx"
                        policy Größe float
                        accelerator _1 uses systolic
                        experiment x2 { network x policies Größe accelerators _1 }
                        """);
        assertThat(experiment.network().name()).isEqualTo("x");
        assertThat(experiment.policies().get(0).name()).isEqualTo("Größe");
    }

    @Test
    void aNetworkMayStateItsNormalisation() {
        var network =
                texts.experiment(
                                """
                                network Net from "net.onnx" { mean 123.675, 116.28, 103.53  deviation 58.4 }
                                policy Float float
                                dataset Test from "/data" as cifar10
                                experiment Main { network Net dataset Test policies Float }
                                """)
                        .network();
        assertThat(network.settings().reals("mean")).containsExactly(123.675, 116.28, 103.53);
        assertThat(network.settings().reals("deviation")).containsExactly(58.4);
    }

    @Test
    void aLimitMayBeAPercentageOrAFraction() {
        var limits =
                texts.experiment(
                                """
                                network Net from "net.onnx"
                                policy Float float
                                dataset Test from "/data" as cifar10
                                accelerator Array uses systolic
                                experiment Main {
                                    network Net dataset Test policies Float accelerators Array
                                    expect accuracy of Float >= 90%
                                    expect accuracy of Float >= 0.9
                                    expect latency of Float on Array <= 5 ms
                                    expect energy of Float <= 1 mJ expect area of Float <= 2.5 mm2
                                }
                                """)
                        .expectations();
        assertThat(limits)
                .extracting(Object::toString)
                .containsExactly(
                        "accuracy of Float >= 90 %",
                        "accuracy of Float >= 0.9",
                        "latency of Float on Array <= 5 ms",
                        "energy of Float <= 1 mJ",
                        "area of Float <= 2.5 mm2");
    }
}
