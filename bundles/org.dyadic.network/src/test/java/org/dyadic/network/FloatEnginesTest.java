package org.dyadic.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which engine runs a network. */
class FloatEnginesTest {

    private final Network network =
            new Network(
                    "relu",
                    List.of(
                            new Node("x", new Operation.Input(), List.of(), Shape.of(2)),
                            new Node(
                                    "y",
                                    new Operation.Pointwise(new Function.Relu()),
                                    List.of(0),
                                    Shape.of(2))),
                    1,
                    true,
                    Map.of());

    /** An engine that answers with its own number. */
    private record Fake(String id, float answer, Optional<String> hindrance)
            implements FloatEngine {

        @Override
        public String title() {
            return "Engine " + id;
        }

        @Override
        public FloatSession open(Network network) {
            if (answer < 0) {
                throw new FloatEngineException(title() + " does not know Relu");
            }
            return new FloatSession() {
                @Override
                public float[] run(float[] image) {
                    return new float[] {answer};
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final Fake WORKING = new Fake("fast", 7, Optional.empty());
    private static final Fake HINDERED = new Fake("lame", 8, Optional.of("no library for Minix"));
    private static final Fake UNABLE = new Fake("picky", -1, Optional.empty());

    private String before;

    @BeforeEach
    void force() {
        before = System.clearProperty(FloatEngines.PROPERTY);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(FloatEngines.PROPERTY);
        } else {
            System.setProperty(FloatEngines.PROPERTY, before);
        }
    }

    private FloatEngines.Opened open(FloatEngine... installed) {
        return FloatEngines.of(Kernels.scalar(), installed).open(network);
    }

    private static float[] run(FloatEngines.Opened opened) {
        return opened.session().run(new float[] {-1, 3});
    }

    @Test
    void ourOwnRunsWhereNothingIsInstalled() {
        var opened = open();
        assertThat(run(opened)).containsExactly(0, 3);
        assertThat(opened.engine()).isEqualTo("java, scalar kernels");
        assertThat(opened.warning()).isEmpty();
    }

    @Test
    void anInstalledOneGoesFirst() {
        var opened = open(WORKING);
        assertThat(run(opened)).containsExactly(7);
        assertThat(opened.engine()).isEqualTo("Engine fast");
        assertThat(opened.warning()).isEmpty();
    }

    @Test
    void whyAnInstalledOneDoesNotRunIsTold() {
        var opened = open(HINDERED);
        assertThat(run(opened)).containsExactly(0, 3);
        assertThat(opened.warning().orElseThrow())
                .contains("Engine lame does not work here: no library for Minix")
                .contains("our own engine");
        assertThat(open(UNABLE).warning().orElseThrow()).contains("does not know Relu");
    }

    @Test
    void forcingOursLeavesTheOthersAlone() {
        System.setProperty(FloatEngines.PROPERTY, "java");
        var opened = open(WORKING);
        assertThat(run(opened)).containsExactly(0, 3);
        assertThat(opened.warning()).isEmpty();
    }

    @Test
    void forcingOneTakesIt() {
        System.setProperty(FloatEngines.PROPERTY, "fast");
        assertThat(run(open(HINDERED, WORKING))).containsExactly(7);
    }

    @Test
    void forcingOneThatIsNotThereSaysWhichAre() {
        System.setProperty(FloatEngines.PROPERTY, "cuda");
        assertThatThrownBy(() -> open(WORKING))
                .isInstanceOf(FloatEngineException.class)
                .hasMessageContaining("-Ddyadic.float=cuda")
                .hasMessageContaining("installed: fast, java");
    }

    @Test
    void forcingOneThatDoesNotWorkSaysWhy() {
        System.setProperty(FloatEngines.PROPERTY, "lame");
        assertThatThrownBy(() -> open(WORKING, HINDERED))
                .isInstanceOf(FloatEngineException.class)
                .hasMessageContaining("no library for Minix")
                .hasMessageContaining("-Ddyadic.float=java");
    }
}
