package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.dyadic.api.experiment.Reading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a good program is damaged, the answer is diagnostics with sensible positions. */
class MutilationTest {

    @TempDir Path folder;
    private Texts texts;
    private String tour;

    @BeforeEach
    void tour() throws IOException {
        texts = new Texts(folder);
        tour =
                Files.readString(Path.of("src/test/programs/good/tour.dyadic"))
                        .replaceAll(" *//.*|/\\*.*\\*/", "")
                        .replace("import \"library/published.dyadic\"", "")
                        .replace(", Published", "");
        assertThat(texts.read(tour).experiments()).hasSize(1);
    }

    @Test
    void aTruncatedProgramIsNoException() {
        for (int end = 0; end < tour.length(); end++) {
            check(tour.substring(0, end));
        }
    }

    @Test
    void aProgramWithoutOneOfItsTokensHasOneMessageAtMost() {
        var token = Pattern.compile("[A-Za-z0-9.-]+|\"[^\"]*\"|\\S").matcher(tour);
        while (token.find()) {
            String damaged = tour.substring(0, token.start()) + tour.substring(token.end());
            var reading = check(damaged);
            assertThat(reading.diagnostics().size())
                    .as("messages for a missing '%s' at %d", token.group(), token.start())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aProgramWithAStrayCharacterIsNoException() {
        var random = new Random(2);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(tour.length());
            char stray = "{}\"/*,%-x0 \n@\0é".charAt(random.nextInt(15));
            check(tour.substring(0, at) + stray + tour.substring(at + random.nextInt(2)));
        }
    }

    private Reading check(String text) {
        var reading = new Reading[1];
        assertThatCode(() -> reading[0] = texts.read(text)).as(text).doesNotThrowAnyException();
        var lines = text.split("\n", -1);
        for (var diagnostic : reading[0].diagnostics()) {
            var at = diagnostic.position().orElseThrow();
            assertThat(at.line()).isLessThanOrEqualTo(lines.length);
            assertThat(at.column()).isLessThanOrEqualTo(lines[at.line() - 1].length() + 1);
            assertThat(diagnostic.message()).doesNotContain("RULE_", "null", "Exception");
        }
        return reading[0];
    }
}
