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
    void aBundleForAModuleIsThereWhereTheModuleIs() throws Exception {
        Feature feature =
                read(
                        """
                        {"feature-resource-version": "1.0", "id": "g:f:1",
                         "bundles": [{"id": "g:a:1", "java-module": "java.base"},
                                     {"java-module": "no.such.module", "id": "g:b:1"}]}
                        """);
        assertThat(feature.bundles()).extracting(Feature.Artifact::name).containsExactly("a");
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
                    []                                                  | 1:2: Expected BEGIN_OBJECT but was BEGIN_ARRAY
                    {}                                                  | 1:3: feature-resource-version must be "1.0", is null
                    {"feature-resource-version": "2.0"}                 | 1:36: feature-resource-version must be "1.0", is 2.0
                    {"feature-resource-version": "1.0"}                 | 1:36: the feature has no id
                    {"feature-resource-version": "1.0", "id": "x"}      | 1:47: the feature has no bundles
                    {"id": {}}                                          | 1:9: Expected a string but was BEGIN_OBJECT
                    {"bundles": ["a:b:1"]}                              | 1:15: Expected BEGIN_OBJECT but was STRING
                    {"bundles": [{"name": "a"}]}                        | 1:27: the bundle has no id
                    {"bundles": [{"id": "a:b"}]}                        | 1:26: the bundle's id must be "group:name:version", is "a:b"
                    {"feature-resource-version": "1.0", "id": "x", "bundles": []} 3 | 1:64 is not valid JSON
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
