package org.dyadic.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {

    @TempDir private Path folder;

    private Home home() {
        return new Home(folder.resolve("home"));
    }

    private Entry entry(String name) {
        return Entry.installed(
                home().store().resolve(name + ".jar"),
                name,
                "1.2.3",
                "ab12",
                false,
                "/tmp/some \"odd\" place.jar",
                Instant.parse("2026-11-22T10:11:12Z"),
                Optional.of("com.acme:pots:1.0").filter(ofA -> name.equals("a")),
                List.of("quantizer a", "backend b"));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var entries = List.of(entry("a"), entry("b"));
        Index.write(home(), entries);
        assertThat(Index.read(home())).isEqualTo(entries);
    }

    @Test
    void withoutAnIndexNothingIsInstalled() throws IOException {
        assertThat(Index.read(home())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"schema\": 1}",
                "{\"schema\": 1, \"plugins\": [{\"name\": \"a\"}]}",
                "{\"schema\": 1, \"plugins\": [{\"file\": \"../../outside.jar\"}]}"
            })
    void aDamagedIndexIsSaidToBe(String text) throws IOException {
        Files.createDirectories(home().folder());
        Files.writeString(home().index(), text);
        assertThatThrownBy(() -> Index.read(home()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged; move it away");
    }

    @Test
    void anIndexOfANewerDyadicIsNotGuessedAt() throws IOException {
        Files.createDirectories(home().folder());
        Files.writeString(home().index(), "{\"schema\": 2}");
        assertThatThrownBy(() -> Index.read(home()))
                .hasMessageContaining("a newer Dyadic wrote it");
    }

    @Test
    void aFileThatCannotBeFinishedLeavesTheOldOne() throws IOException {
        Path file = folder.resolve("file");
        Home.write(file, out -> out.write('a'));
        assertThatThrownBy(
                        () ->
                                Home.write(
                                        file,
                                        out -> {
                                            out.write('b');
                                            throw new IOException("no space left on device");
                                        }))
                .hasMessageContaining("no space left");
        assertThat(file).hasContent("a");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a:b:c:d", "a:b:../c", "a/b:c:d", "", "C:\\plugins\\a.jar"})
    void whatIsNoCoordinatesIsNotTakenForThem(String text) {
        assertThat(MavenArtifact.parse(text)).isEmpty();
    }

    @Test
    void coordinatesHaveThreeParts() {
        assertThat(MavenArtifact.parse("org.a:b-c:1.0_2"))
                .contains(new MavenArtifact("org.a", "b-c", "1.0_2"));
    }
}
