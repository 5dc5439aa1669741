package org.dyadic.api.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final Position AT = Position.startOf("file");
    private static final Experiment EXPERIMENT =
            new Experiment(
                    "Main",
                    new NetworkUse("Net", Path.of("net.onnx"), Settings.none(), AT),
                    Optional.empty(),
                    List.of(new PolicyUse("Float", Optional.empty(), List.of(), AT)),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Path.of("file"),
                    AT);
    private static final Sweep.Objective OBJECTIVE = new Sweep.Objective(Metric.ENERGY, true, AT);

    private static Sweep.Axis axis(String... words) {
        var values = List.of(words).stream().map(word -> (Value) new Value.Word(word)).toList();
        return new Sweep.Axis("A.b", values, AT);
    }

    private static Sweep sweep(List<Sweep.Axis> axes, int points) {
        var point = new Sweep.Point(List.of(), EXPERIMENT);
        return new Sweep(
                "Edge",
                EXPERIMENT,
                axes,
                List.of(OBJECTIVE),
                Collections.nCopies(points, point),
                AT);
    }

    @Test
    void aSweepHasAPointForEveryCombination() {
        var axes = List.of(axis("a", "b"), axis("c", "d", "e"));
        assertThat(sweep(axes, 6).points()).hasSize(6);
        assertThatThrownBy(() -> sweep(axes, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axes of 6 combinations, but 5 points");
    }

    @Test
    void aSweepWithoutAxisOrAnAxisWithoutValueCannotBeBuilt() {
        assertThatThrownBy(() -> sweep(List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> axis()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void axesAndObjectivesPrintAsInAFile() {
        assertThat(axis("on", "off")).hasToString("A.b over on, off");
        assertThat(OBJECTIVE).hasToString("minimise energy");
    }
}
