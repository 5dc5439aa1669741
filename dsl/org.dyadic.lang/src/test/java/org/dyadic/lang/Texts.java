package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Reading;

/** Reads texts that a test writes. */
final class Texts {

    private final DyadicReader reader = new DyadicReader(new TestCatalog());
    private final Path folder;

    Texts(Path folder) {
        this.folder = folder;
    }

    Path write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reading read(String text) {
        return reader.read(write("test.dyadic", text));
    }

    Reading read(Path file) {
        return reader.read(file);
    }

    /** What is wrong with a text, each with the line and column before the message. */
    List<String> messages(String text) {
        return read(text).diagnostics().stream().map(Texts::placed).toList();
    }

    /** The experiment of a sound text. */
    Experiment experiment(String text) {
        var reading = read(text);
        assertThat(reading.diagnostics()).isEmpty();
        assertThat(reading.experiments()).hasSize(1);
        return reading.experiments().get(0);
    }

    /** The last of the accelerators that a sound text declares. */
    AcceleratorUse accelerator(String text) {
        var name = text.replaceAll("(?s).*accelerator (\\S+) .*", "$1");
        var reading =
                read(
                        text
                                + "\nnetwork Net from \"net.onnx\" policy Float float"
                                + " experiment Main { network Net policies Float accelerators "
                                + name
                                + " }");
        assertThat(reading.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
        return reading.experiments().get(0).accelerators().get(0);
    }

    private static String placed(Diagnostic diagnostic) {
        var at = diagnostic.position().orElseThrow();
        return at.line() + ":" + at.column() + " " + diagnostic.message();
    }
}
