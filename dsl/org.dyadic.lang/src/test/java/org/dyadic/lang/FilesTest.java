package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.eclipse.xtext.parser.antlr.AbstractInternalAntlrParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are missing, strange or many. */
class FilesTest {

    private static final String RUNS =
            "network Net from \"net.onnx\"  accelerator Array uses systolic\n"
                    + "experiment Main { network Net  policies Low  accelerators Array }\n";

    @TempDir Path folder;
    private Texts texts;

    @BeforeEach
    void texts() {
        texts = new Texts(folder);
    }

    @Test
    void aMissingFileIsOneMessage() {
        assertThat(only(Path.of("no/such.dyadic")))
                .hasToString(
                        "no/such.dyadic:1:1: error: there is no file 'no/such.dyadic' [unreadable-file]");
    }

    @Test
    void aFolderIsOneMessage() {
        assertThat(only(folder).message()).contains("is a folder");
    }

    @Test
    void aFileThatIsNotUtf8IsOneMessage() throws IOException {
        var file = folder.resolve("latin1.dyadic");
        Files.write(file, "network Net\n// Größe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(only(file).message()).contains("not UTF-8 text: byte 0xf6 in line 2");
    }

    @Test
    void tenMegabytesOfGarbageAreOneMessage() throws IOException {
        byte[] garbage = new byte[10_000_000];
        new Random(1).nextBytes(garbage);
        assertThat(only(Files.write(folder.resolve("garbage"), garbage)).message())
                .contains("has 10000000 bytes");
    }

    @Test
    void aMegabyteOfWordsIsOneMessage() {
        assertThat(texts.messages("word ".repeat(200_000)))
                .singleElement()
                .asString()
                .startsWith("1:1 expected a declaration (import, network,");
    }

    @Test
    void endlessNestingIsOneMessage() {
        assertThat(texts.messages("accelerator A uses systolic " + "{ dram ".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("settings may be nested 32 deep");
    }

    @Test
    void manyMistakesAreNotAllReported() {
        assertThat(texts.messages("policy 5\n".repeat(1000))).hasSize(20);
    }

    @Test
    void aFileWithoutExperimentIsFine() {
        for (String text : new String[] {"", " \n", "// nothing", "/* */", "policy P float"}) {
            var reading = texts.read(text);
            assertThat(reading.diagnostics()).isEmpty();
            assertThat(reading.experiments()).isEmpty();
        }
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsDoNotMatter() {
        assertThat(texts.messages("\uFEFFpolicy P float\r\n\r\n  policy Q flat\r\n"))
                .singleElement()
                .asString()
                .startsWith("3:12 unknown quantizer 'flat'");
    }

    @Test
    void positionsShowThePathAsItWasGiven() {
        var file = texts.write("deep/er/test.dyadic", "import \"../lib.dyadic\"\n");
        texts.write("deep/lib.dyadic", "policy P\n  flat");
        var working = Path.of("").toAbsolutePath();
        var relative = working.relativize(file.toAbsolutePath());
        assertThat(only(relative).position())
                .contains(
                        new Position(
                                relative.getParent().getParent().resolve("lib.dyadic").toString(),
                                2,
                                3,
                                4));
    }

    @Test
    void filesMayImportEachOtherButAreToldOnce() {
        texts.write(
                "b.dyadic",
                "import \"a.dyadic\" import \"./a.dyadic\" policy Low extends High { }");
        var a =
                texts.write(
                        "a.dyadic",
                        "import \"b.dyadic\"\n" + RUNS + "policy High { default weights upot }");
        var reading = texts.read(a);
        assertThat(reading.diagnostics())
                .extracting(it -> it.position().orElseThrow().line() + " " + it.code())
                .containsExactly("1 IMPORT_CYCLE");
        assertThat(reading.experiments().get(0).policies().get(0).rules()).hasSize(1);
    }

    @Test
    void anImportIsNotPassedOn() {
        texts.write("c.dyadic", "policy Low float");
        texts.write("b.dyadic", "import \"c.dyadic\" policy Base extends Low { }");
        assertThat(texts.messages("import \"b.dyadic\"\n" + RUNS))
                .singleElement()
                .asString()
                .contains("unknown policy 'Low'", "which this file does not import");
    }

    @Test
    void aFolderMeansEveryProgramInIt() {
        texts.write("library/b.dyadic", "import \"a.dyadic\" policy Low extends High { }");
        texts.write("library/a.dyadic", "policy High { default weights upot }");
        texts.write("library/deeper/c.dyadic", "policy Low float");
        assertThat(texts.messages("import \"library\"\n" + RUNS)).isEmpty();
        assertThat(texts.messages("import \"library/\"\n" + RUNS)).isEmpty();
        texts.write("library/c.dyadic", "policy Low float");
        assertThat(texts.messages("import \"library\"\n" + RUNS))
                .singleElement()
                .asString()
                .startsWith("1:8 'Low' is declared in ");
    }

    @Test
    void aFileMayImportTheFolderItStandsIn() {
        texts.write("lib.dyadic", "policy Low float");
        assertThat(texts.messages("import \".\"\n" + RUNS)).isEmpty();
    }

    @Test
    void sweepsOfImportedFilesAreNotExpanded() {
        var sweeping =
                texts.write(
                        "lib.dyadic",
                        RUNS
                                + "policy Low { default weights upot }\n"
                                + "sweep Apart of Main {\n"
                                + "vary Low.default.weights over upot, pot\n"
                                + "vary Low.default.weights.bits over 4, 8\n"
                                + "minimise energy }");
        assertThat(texts.read(sweeping).diagnostics()).hasSize(1);
        assertThat(texts.messages("import \"lib.dyadic\"")).isEmpty();
    }

    @Test
    void experimentsOfImportedFilesAreNotRun() {
        texts.write("lib.dyadic", RUNS + "policy Low float");
        var reading = texts.read("import \"lib.dyadic\"");
        assertThat(reading.diagnostics()).isEmpty();
        assertThat(reading.experiments()).isEmpty();
    }

    @Test
    void anOwnNameHidesAnImportedOne() {
        texts.write("lib.dyadic", "policy Low float");
        var reading = texts.read("import \"lib.dyadic\"\n" + RUNS + "policy Low upot");
        assertThat(reading.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.SHADOWED_NAME);
        var rule = reading.experiments().get(0).policies().get(0).rules().get(0);
        assertThat(rule.weights().orElseThrow().id()).isEqualTo("upot");
    }

    @Test
    void pathsMayHoldStrangeCharacters() {
        texts.write("a b/c#d%20é.dyadic", "policy Low float");
        assertThat(texts.messages("import \"a b/c#d%20é.dyadic\"\n" + RUNS)).isEmpty();
    }

    @Test
    void aPathWithANulIsAMessage() {
        assertThat(texts.messages("import \"a\0b\"\nnetwork N from \"a\0b\"")).hasSize(2);
    }

    @Test
    void onlyExperimentsThatUseWhatIsBrokenAreLost() {
        var reading =
                texts.read(
                        RUNS
                                + "policy Low upot  policy Broken uppot\n"
                                + "experiment Other { network Net policies Broken accelerators Array }");
        assertThat(reading.diagnostics()).hasSize(1);
        assertThat(reading.experiments()).extracting(it -> it.name()).containsExactly("Main");
    }

    @Test
    void aDeclarationWithASyntaxErrorLeavesTheOthersAlone() {
        var reading =
                texts.read(
                        RUNS
                                + "policy Low upot\n"
                                + "policy Broken { default weights upot {\n"
                                + "experiment Other { network Net policies Broken accelerators Array }\n"
                                + "policy Bad uppot\n");
        assertThat(reading.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.SYNTAX, IssueCode.UNKNOWN_PLUGIN);
        assertThat(reading.experiments()).extracting(it -> it.name()).containsExactly("Main");
    }

    @Test
    void readersDoNotDisturbEachOther() {
        var other = new DyadicReader(new TestCatalog());
        var file = texts.write("test.dyadic", RUNS + "policy Low float");
        assertThat(other.read(file).experiments()).hasSize(1);
        other.close();
        assertThat(texts.read(file).experiments()).hasSize(1);
        assertThat(other.read(file).experiments()).hasSize(1);
    }

    @Test
    void xtextIsSilent() {
        texts.read("policy");
        assertThat(Logger.getLogger(AbstractInternalAntlrParser.class).isEnabledFor(Level.FATAL))
                .isFalse();
    }

    private Diagnostic only(Path file) {
        var reading = texts.read(file);
        assertThat(reading.experiments()).isEmpty();
        assertThat(reading.diagnostics()).hasSize(1);
        return reading.diagnostics().get(0);
    }
}
