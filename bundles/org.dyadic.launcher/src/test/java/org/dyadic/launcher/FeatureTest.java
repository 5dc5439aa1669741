package org.dyadic.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTest {
    @TempDir Path folder;

    private Feature read(String text) throws Exception {
        Path file = folder.resolve("some.json");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return Feature.read(file);
    }

    @Test
    void bundlesKeepTheOrderOfTheFile() throws Exception {
        Feature feature =
                read(
                        """
                        {"feature-resource-version": "1.0", "id": "g:f:1", "name": "ignored",
                         "bundles": [{"id": "g:b:2.0", "metadata": 3}, {"id": "g:a:1.0-SNAPSHOT"}]}
                        """);
        assertThat(feature.id()).isEqualTo("g:f:1");
        assertThat(feature.bundles())
                .extracting(Feature.Artifact::jar)
                .containsExactly("b-2.0.jar", "a-1.0-SNAPSHOT.jar");
    }

    @Test
    void brokenJsonIsNamedWithLineAndColumn() {
        assertThatThrownBy(() -> read("{\n  \"id\": \"g:f:1\",\n  oops\n}"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageMatching("feature file .*some\\.json:3:\\d+ is not valid JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                                     | the file must be an object in braces
                    {}                                                     | the file has no 'feature-resource-version'
                    {"feature-resource-version": "2.0"}                    | feature-resource-version is '2.0', must be '1.0'
                    {"feature-resource-version": "1.0"}                    | the file has no 'id'
                    {"feature-resource-version": "1.0", "id": "x"}         | 'bundles' must be a list of objects with an id
                    {"feature-resource-version": "1.0", "id": "x", "bundles": ["a:b:1"]} | bundles[0] must be an object in braces
                    {"feature-resource-version": "1.0", "id": "x", "bundles": [{"id": "a:b"}]} | bundles[0] has the id 'a:b', must be 'group:name:version'
                    """)
    void mistakesAreNamed(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageEndingWith(message)
                .hasMessageContaining("some.json");
    }

    @Test
    void anEmptyFileIsAMistakeToo() {
        assertThatThrownBy(() -> read("")).isInstanceOf(LaunchFailure.class);
    }
}
