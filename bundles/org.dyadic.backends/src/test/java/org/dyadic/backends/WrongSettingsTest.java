package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no array can be is told in a sentence, before any machine is built. */
class WrongSettingsTest {

    static Stream<Backend> backends() {
        return Stream.of(
                new SystolicArray(),
                new DecodeArray(),
                new UpotArray(),
                new ApotArray(),
                new PotArray(),
                new CodebookArray(),
                new BitFusionArray(),
                new UnpuArray(),
                new EyerissArray());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void arraysOfNoRowsOrAMillionAreRefused(Backend backend) {
        assertThat(message(backend, Layers.array(0, 16))).contains("0 x 16", "1 to 1024");
        assertThat(message(backend, Layers.array(1_000_000, 16)))
                .contains("1000000 x 16", "1 to 1024");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aDataflowThatABackendHasNotIsRefusedWithThoseItHas(Backend backend) {
        var has = (ParameterType.Choice) backend.parameters().find("dataflow").orElseThrow().type();
        for (var word : List.of("weight-stationary", "row-stationary", "input-stationary")) {
            if (!has.options().contains(word)) {
                assertThat(message(backend, Layers.word("dataflow", word)))
                        .contains(word)
                        .contains(has.options());
            }
        }
        assertThat(has.options()).isNotEmpty().hasSizeLessThan(4);
    }

    private static String message(Backend backend, Setting wrong) {
        var found =
                backend.parameters()
                        .resolve("accelerator A", List.of(wrong), Position.startOf("<code>"))
                        .diagnostics();
        assertThat(found).hasSize(1);
        return found.get(0).message();
    }
}
