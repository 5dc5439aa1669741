package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportTest {

    private static final String CONFIG =
            """
            [general]
            run_name = my run 1

            [architecture_presets]
            ArrayHeight:    32
            ArrayWidth:     16
            IfmapSramSzkB:   64
            FilterSramSzkB:  128
            OfmapSramSzkB:   32
            Dataflow : ws
            Bandwidth : 10

            [sparsity]
            SparsitySupport : false

            [run_presets]
            InterfaceBandwidth: CALC
            """;

    @TempDir private Path folder;
    private final Fixture fixture = new Fixture();

    private int convert(String config) throws IOException {
        Files.writeString(folder.resolve("a.cfg"), config);
        Files.createDirectories(folder.resolve("nets"));
        Files.writeString(folder.resolve("nets/net 5.csv"), "x");
        return fixture.execute(
                "import",
                "scale-sim",
                folder.resolve("a.cfg").toString(),
                folder.resolve("nets/net 5.csv").toString(),
                "-o",
                out().toString());
    }

    private Path out() {
        return folder.resolve("out.dyadic");
    }

    @Test
    void aConfigurationBecomesAnExperiment() throws IOException {
        assertThat(convert(CONFIG)).isZero();

        assertThat(fixture.out())
                .isEqualTo("wrote " + out() + "; run it: dyadic run " + out() + "\n");
        assertThat(out())
                .hasContent(
                        """
                        // From SCALE-Sim: a.cfg and net 5.csv.

                        network Net_5 from "nets/net 5.csv"

                        accelerator My_run_1 uses systolic {
                            clock      1 GHz
                            array      32 x 16
                            dataflow   weight-stationary
                            multiplier int8
                            buffers    { weights 128 KiB  activations 64 KiB  outputs 32 KiB }
                        }

                        /** An element is a byte. */
                        policy Bytes {
                            default weights uniform { bits 8 }  activations uniform { bits 8 }
                        }

                        experiment Main {
                            network      Net_5
                            policies     Bytes
                            accelerators My_run_1
                            simulator    scale-sim
                        }
                        """);
    }

    @Test
    void whatIsNotModelledIsTold() throws IOException {
        assertThat(
                        convert(
                                CONFIG.replace("CALC", "USER")
                                        .replace("Support : false", "Support : true")))
                .isZero();

        assertThat(fixture.err())
                .contains(
                        "a.cfg:17:21: warning: InterfaceBandwidth USER: all three interfaces get the Bandwidth of 10; for version 2 write scale-sim-v2-compat [left-out]",
                        "a.cfg:14:19: warning: SparsitySupport: all weights are taken as dense [left-out]");
        assertThat(out())
                .content()
                .contains("dram       { bandwidth 10 GB/s }", "simulator    scale-sim-v3-compat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ArrayHeight:    32 | ArrayHeight:    0  | :5:17: error: ArrayHeight is '0'; write a whole number from 1 to 1024",
                "ArrayWidth:     16 | ArrayWidth: 1000000 | :6:13: error: ArrayWidth is '1000000'; write",
                "ArrayWidth:     16 | ArrayWidth: wide | :6:13: error: ArrayWidth is 'wide'; write",
                "Dataflow : ws | | :1:1: error: there is no Dataflow in [architecture_presets]; add a line 'Dataflow : ' with ws, os or is",
                "Dataflow : ws | Dataflow : rs | :10:12: error: Dataflow is 'rs'; there are is, os and ws",
                "[general] | general | :1:1: error: this is neither [section] nor",
                "OfmapSramSzkB | OfmapSramSzKB2 | error: there is no OfmapSramSzkB",
            })
    void aMistakeIsToldWithItsPlaceAndWhatIsAllowed(String old, String written, String message)
            throws IOException {
        assertThat(convert(CONFIG.replace(old, written == null ? "" : written))).isEqualTo(1);

        assertThat(fixture.err()).contains("a.cfg").contains(message);
        assertThat(out()).doesNotExist();
    }

    @Test
    void aTopologyThatCannotBeReadIsToldInItsOwnWords() throws IOException {
        Files.writeString(folder.resolve("scale.cfg"), CONFIG);
        Files.writeString(folder.resolve("net.broken"), "x"); // the fixture refuses these

        assertThat(
                        fixture.execute(
                                "import",
                                "scale-sim",
                                folder.resolve("scale.cfg").toString(),
                                folder.resolve("net.broken").toString(),
                                "-o",
                                out().toString()))
                .isEqualTo(1);
        assertThat(fixture.err()).isEqualTo("the file ends after 12 of 400 bytes.\n");
        assertThat(out()).doesNotExist();
    }

    @Test
    void nothingIsReplacedUnasked() throws IOException {
        Files.writeString(out(), "mine");

        assertThat(convert(CONFIG)).isEqualTo(2);
        assertThat(fixture.err())
                .contains("out.dyadic is there already; name another file with -o");
        assertThat(out()).hasContent("mine");
    }

    @Test
    void aFileThatIsNotThereIsToldSo() throws IOException {
        Files.writeString(folder.resolve("scale.cfg"), CONFIG);

        assertThat(
                        fixture.execute(
                                "import",
                                "scale-sim",
                                folder.resolve("scal.cfg").toString(),
                                "net.csv"))
                .isEqualTo(1);
        assertThat(fixture.err()).contains("there is no such file. Did you mean scale.cfg?");
    }

    @Test
    void itNeedsToBeSaidFromWhat() {
        assertThat(fixture.execute("import")).isEqualTo(2);
        assertThat(fixture.err()).contains("scale-sim");
    }

    @Test
    void namesAreWordsOfTheLanguage() {
        assertThat(Import.ScaleSim.word("network")).isEqualTo("Network");
        assertThat(Import.ScaleSim.word("32x32 os")).isEqualTo("N32x32_os");
        assertThat(Import.ScaleSim.word("Größe")).isEqualTo("Gr_e");
    }
}
