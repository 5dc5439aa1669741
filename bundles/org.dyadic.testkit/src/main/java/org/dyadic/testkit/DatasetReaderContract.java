package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every reader of data sets must do. A test class implements this and inherits the tests. */
public interface DatasetReaderContract {

    DatasetReader reader();

    /** A small data set that it opens: a file, or a folder with nothing else in it. */
    Path sample() throws IOException;

    /** The settings that open the sample. */
    default Settings settings() {
        return reader().parameters().defaults();
    }

    @Test
    default void everyParameterHasADefaultAndALineOfDocumentation() {
        Documented.check(reader().parameters());
    }

    @Test
    default void everyImageHasALabelAndAllItsSamples() throws IOException {
        var data = reader().open(sample(), settings());
        assertThat(data.size()).isPositive();
        assertThat(data.shape().rank()).as("channels x height x width").isEqualTo(3);
        int size = data.shape().size();
        var pixels = new byte[size + 1];
        for (int image = 0; image < data.size(); image++) {
            assertThat(data.label(image)).as("label of image %d", image).isNotNegative();
            pixels[size] = 42;
            data.read(image, pixels);
            assertThat(pixels[size]).as("what stands after image %d", image).isEqualTo((byte) 42);
        }
    }

    @Test
    default void everyThreadSeesTheSame() throws Exception {
        var data = reader().open(sample(), settings());
        var expected = content(data);
        assertThat(Concurrently.ask(() -> content(data))).containsOnly(expected);
        assertThat(content(reader().open(sample(), settings()))).isEqualTo(expected);
    }

    /** The digest, and of every image the label and a hash of its samples. */
    private static List<Object> content(Dataset data) {
        var all = new ArrayList<Object>(List.of(data.digest(), data.shape(), data.size()));
        var pixels = new byte[data.shape().size()];
        for (int image = 0; image < data.size(); image++) {
            data.read(image, pixels);
            all.add(data.label(image));
            all.add(Arrays.hashCode(pixels));
        }
        return all;
    }

    @Test
    default void theDigestIsThatOfTheContent(@TempDir Path folder) throws IOException {
        var digest = reader().open(sample(), settings()).digest();
        assertThat(digest).as("SHA-256").matches("[0-9a-f]{64}");
        var copy = Damage.copy(sample(), folder);
        assertThat(reader().open(copy, settings()).digest())
                .as("of the same elsewhere")
                .isEqualTo(digest);
    }

    @Test
    default void aPlaceWhereNothingIsIsTheUsersMistake(@TempDir Path folder) {
        var nowhere = folder.resolve("nowhere");
        assertThat(Damage.complaint(this::readAll, nowhere, "a missing data set"))
                .hasValueSatisfying(message -> assertThat(message).contains(nowhere.toString()));
        assertThat(Damage.complaint(this::readAll, folder, "an empty folder")).isPresent();
    }

    /** Damage may show when a set is opened, or when an image is read that nobody has looked at. */
    private void readAll(Path location) throws UnreadableFileException {
        var data = reader().open(location, settings());
        try {
            content(data);
        } catch (UncheckedIOException e) {
            throw new UnreadableFileException(e.getCause().getMessage());
        }
    }

    @Test
    default void damagedFilesAreReadOrTheUsersMistake(@TempDir Path folder) throws IOException {
        var copy = Damage.copy(sample(), folder);
        assertThat(Files.exists(copy)).isTrue();
        Damage.survives(this::readAll, copy);
    }
}
