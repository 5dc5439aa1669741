package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.command.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of this bundle, as the command line calls them. */
class VerbsTest {

    private static final String MESSY = "policy   P upot\n";
    private static final String NEAT = "policy P upot\n";

    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Verb verb, String... arguments) {
        out.reset();
        err.reset();
        var streams =
                new Verb.Streams(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return verb.run(List.of(arguments), streams);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void formatRewritesWhatIsNotLaidOutAndNamesIt() throws IOException {
        String messy = file("messy.dyadic", MESSY);
        String neat = file("neat.dyadic", NEAT);
        assertThat(run(new FormatVerb(), messy, neat)).isZero();
        assertThat(out).hasToString(messy + System.lineSeparator());
        assertThat(Path.of(messy)).hasContent(NEAT);
        assertThat(run(new FormatVerb(), messy, neat)).isZero();
        assertThat(out.size()).isZero();
    }

    @Test
    void formatOnlyChecksIfAsked() throws IOException {
        String messy = file("messy.dyadic", MESSY);
        assertThat(run(new FormatVerb(), "--check", messy)).isEqualTo(Verb.WRONG);
        assertThat(out).hasToString(messy + System.lineSeparator());
        assertThat(Path.of(messy)).hasContent(MESSY);
    }

    @Test
    void formatTellsWhatItCannotRead() throws IOException {
        String broken = file("broken.dyadic", "policy {");
        assertThat(run(new FormatVerb(), broken)).isEqualTo(Verb.WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(broken + ":1:8: error:", "[syntax]");
        assertThat(run(new FormatVerb(), folder.toString())).isEqualTo(Verb.WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[unreadable-file]");
        assertThat(run(new FormatVerb())).isEqualTo(Verb.MISUSED);
        assertThat(run(new FormatVerb(), "--fast", broken)).isEqualTo(Verb.MISUSED);
    }

    @Test
    void modelPrintsXmi() throws IOException {
        String good = file("good.dyadic", NEAT);
        assertThat(run(new ModelVerb(new Plugins()), good)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("<?xml")
                .contains("dyadic:File", "name=\"P\"", "quantizer=\"upot\"");
    }

    @Test
    void modelPrintsNothingOfAFileWithErrors() throws IOException {
        String bad = file("bad.dyadic", "policy P uppot");
        assertThat(run(new ModelVerb(new Plugins()), bad)).isEqualTo(Verb.WRONG);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Did you mean upot?");
    }

    @Test
    void referencePrintsWordsDiagnosticsAndSettings() {
        assertThat(run(new ReferenceVerb(new Plugins()))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("## Words of the language", "## Diagnostics", "### quantizer upot");
    }

    @Test
    void lspTellsWhatItTakes() {
        var lsp = new LanguageServerVerb(null, new Plugins());
        assertThat(run(lsp, "--pipe")).isEqualTo(Verb.MISUSED);
        assertThat(run(lsp, "--socket", "many")).isEqualTo(Verb.MISUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a port is a number");
    }
}
