package org.dyadic.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {

    private final String before = System.getProperty(KernelChoice.PROPERTY);
    private final KernelChoice choice = new KernelChoice();

    @BeforeEach
    void installTwo() {
        System.clearProperty(KernelChoice.PROPERTY);
        choice.installed =
                List.of(
                        Map.entry(Map.of(), Kernels.scalar()),
                        Map.entry(Map.of("service.ranking", 100), named("vector")));
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(KernelChoice.PROPERTY);
        } else {
            System.setProperty(KernelChoice.PROPERTY, before);
        }
    }

    /** Kernels that only know their name. */
    private static Kernels named(String id) {
        return (Kernels)
                Proxy.newProxyInstance(
                        Kernels.class.getClassLoader(),
                        new Class<?>[] {Kernels.class},
                        (self, method, arguments) -> id);
    }

    @Test
    void theHighestRankingIsTaken() {
        assertThat(choice.chosen().id()).isEqualTo("vector");
        assertThat(choice.hindrance()).isEmpty();
    }

    @Test
    void thePropertyForcesOthers() {
        System.setProperty(KernelChoice.PROPERTY, "scalar");
        assertThat(choice.chosen().id()).isEqualTo("scalar");
        System.setProperty(KernelChoice.PROPERTY, "vector");
        assertThat(choice.chosen().id()).isEqualTo("vector");
    }

    @Test
    void oneThatIsNotThereIsNoSilentFallback() {
        choice.installed = choice.installed.subList(0, 1);
        System.setProperty(KernelChoice.PROPERTY, "vector");
        assertThat(choice.hindrance().orElseThrow())
                .contains("-Ddyadic.kernels=vector", "there are: scalar.", "--add-modules");
        assertThatThrownBy(choice::chosen).isInstanceOf(IllegalStateException.class);
    }
}
