package org.dyadic.network.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;

/** What the tests of the data set readers share. */
final class DatasetTesting {

    private DatasetTesting() {}

    static Dataset open(DatasetReader reader, Path location, Setting... settings)
            throws UnreadableFileException {
        return reader.open(location, reader.parameters().with(settings));
    }

    /** The message with which a reader refuses a location. */
    static AbstractStringAssert<?> assertRefusal(
            DatasetReader reader, Path location, Setting... settings) {
        var refusal =
                catchThrowableOfType(
                        UnreadableFileException.class, () -> open(reader, location, settings));
        assertThat(refusal).as("refusal of %s", location).isNotNull();
        return assertThat(refusal.getMessage());
    }

    static Setting word(String name, String word) {
        return Setting.of(name, new Value.Word(word));
    }

    static Setting text(String name, String text) {
        return Setting.of(name, new Value.Text(text));
    }

    static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    static Path write(Path file, byte[] content) throws IOException {
        return Files.write(file, content);
    }

    static byte[] pixels(Dataset dataset, int index) {
        var pixels = new byte[dataset.shape().size()];
        dataset.read(index, pixels);
        return pixels;
    }
}
