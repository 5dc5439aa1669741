package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Reading;
import org.dyadic.lang.checks.Checks;
import org.dyadic.lang.exchange.Exchange;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.SourceFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program survives the way through its model, through text and through XMI. */
class ExchangeTest {

    private static final Path PROGRAMS = Path.of("src/test/programs/good");

    private final Language language = new Language();

    @AfterEach
    void close() {
        language.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tour", "sweep-pattern", "sweep-simulator"})
    void aModelThatWasReadIsWrittenAsItStood(String name) throws UnreadableFileException {
        var source = SourceFile.read(file(name));
        assertThat(Exchange.text(new Program(source, language).root(), language))
                .isEqualTo(source.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tour", "sweep-pattern", "sweep-simulator"})
    void xmiHoldsWhatTheProgramSays(String name) throws IOException {
        var program = new Program(SourceFile.read(file(name)), language);
        var expected = Checks.read(program, new TestCatalog());
        var files = Exchange.files(Exchange.xmi(program));
        assertThat(files).hasSameSizeAs(program.models());
        // The text has no comments and other positions, but says the same.
        var text = Exchange.text(files.get(0), language);
        var again =
                Checks.read(
                        new Program(new SourceFile(file(name), text), language), new TestCatalog());
        assertThat(again.diagnostics()).isEmpty();
        assertThat(bare(again)).isEqualTo(bare(expected));
    }

    @Test
    void whatIsNoXmiIsRefused() {
        assertThatThrownBy(() -> Exchange.files("network Net")).isInstanceOf(IOException.class);
    }

    private static Path file(String name) {
        return PROGRAMS.resolve(name + ".dyadic");
    }

    /** Everything but positions. */
    private static String bare(Reading reading) {
        return reading.toString().replaceAll("at=[^,\\]]*", "");
    }
}
