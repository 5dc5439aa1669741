package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.lang.syntax.Language;
import org.junit.jupiter.api.Test;

/** The reference says what the language does, because it is made of the same. */
class ReferenceTest {

    private static final Path PAGE = Path.of("../reference.md");

    @Test
    void everyWordOfTheGrammarIsDocumentedAndNoOther() {
        assertThat(Docs.KEYWORDS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        new Language()
                                .keywords().stream().filter(it -> it.matches("[a-z]+")).toList());
    }

    @Test
    void everyCodeIsThere() {
        for (var code : IssueCode.values()) {
            assertThat(Reference.language())
                    .contains("| `" + code.id() + "` | ", code.meaning() + " |");
        }
    }

    @Test
    void everySettingIsThereWithWhatItTakes() {
        assertThat(Reference.settings(new Plugins()))
                .contains(
                        "### quantizer upot",
                        "| `bits` | a whole number from 2 to 8 | 4 | width of a code |",
                        "| `buffers.weights` | a memory size from 1 B to 1 GiB | 64 KiB |",
                        "| weight-stationary | what stays in place (formerly flow,"
                                + " weight-stationary was weights) |",
                        "| `take` | a whole number from 1 to 2147483647 | may be left out |");
    }

    /** {@code -Ddyadic.golden=update} writes it anew. */
    @Test
    void thePageInTheRepositoryIsTheGeneratedOne() throws IOException {
        String expected = "# The .dyadic language\n\n" + Reference.language();
        if ("update".equals(System.getProperty("dyadic.golden"))) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).hasContent(expected);
    }
}
