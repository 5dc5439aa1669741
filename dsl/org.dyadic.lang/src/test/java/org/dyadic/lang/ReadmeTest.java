package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.Scan;
import org.dyadic.lang.syntax.SourceFile;
import org.junit.jupiter.api.Test;

/** What the README shows of the language is in the language. */
class ReadmeTest {

    private static final Path README = Path.of("../../README.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```\n(\\w+)(.*?)\n```");

    private static List<String> programs() throws IOException {
        // Tables of results may begin with such a word as well.
        return BLOCK.matcher(Files.readString(README))
                .results()
                .filter(it -> Scan.DECLARING.contains(it.group(1)) && it.group(2).contains("{"))
                .map(it -> it.group(1) + it.group(2))
                .toList();
    }

    @Test
    void everyProgramParses() throws IOException {
        var language = new Language();
        assertThat(programs()).hasSizeGreaterThan(1);
        for (String text : programs()) {
            assertThat(new Program(new SourceFile(README, text), language).diagnostics())
                    .as(text)
                    .isEmpty();
        }
    }
}
