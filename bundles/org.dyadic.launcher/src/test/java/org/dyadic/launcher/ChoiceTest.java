package org.dyadic.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final List<Feature> ALL =
            List.of(
                    feature("core", null),
                    feature("dsl", null),
                    feature("quantizers", null),
                    feature("shell", "shell"));

    private static Feature feature(String name, String verb) {
        return new Feature(
                "org.dyadic:dyadic-" + name + ":1", List.of(), Optional.ofNullable(verb));
    }

    private static List<String> started(String... words) {
        return Choice.of(words).among(ALL).stream().map(Feature::name).toList();
    }

    @Test
    void withoutNamesEverythingStartsButWhatWaitsForAnotherVerb() {
        assertThat(started("run", "x")).containsExactly("core", "dsl", "quantizers");
        assertThat(started()).containsExactly("core", "dsl", "quantizers");
        assertThat(started("shell")).containsExactly("core", "dsl", "quantizers", "shell");
    }

    @Test
    void whatIsNamedStartsWithTheCore() {
        assertThat(started("--features", "quantizers", "run"))
                .containsExactly("core", "quantizers");
        assertThat(started("--features=dsl, core", "shell")).containsExactly("core", "dsl");
        assertThat(started("--features=shell", "shell")).containsExactly("core", "shell");
    }

    @Test
    void theVerbGetsWhatFollows() {
        assertThat(Choice.of(new String[] {"--features", "dsl", "run", "x"}).rest())
                .containsExactly("run", "x");
        assertThat(Choice.of(new String[] {"run", "--features"}).rest())
                .containsExactly("run", "--features");
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> started("--features", "quantisers"))
                .hasMessage(
                        "there is no feature 'quantisers'; there are core, dsl, quantizers, shell."
                                + " Did you mean quantizers?");
        assertThatThrownBy(() -> started("--features")).hasMessageContaining("--features core,dsl");
    }
}
