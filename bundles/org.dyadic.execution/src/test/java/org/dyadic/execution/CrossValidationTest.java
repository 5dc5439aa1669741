package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.Test;

/** How much weights are held to the trained ones, as the images themselves tell. */
class CrossValidationTest {

    private static final int INPUTS = 24;

    private final SplittableRandom random = new SplittableRandom(9);
    private final Operation.Dense layer =
            new Operation.Dense(Examples.tensor(random, 3, INPUTS), Optional.empty());
    private final Patches patches =
            new Patches(new Node("layer", layer, List.of(0), Shape.of(3)), Shape.of(INPUTS));

    /** Weights that differ from the trained ones by some amount, seen through some noise. */
    private double damping(int images, double moved, double noise) {
        var weights = layer.weights();
        float[] moves = Examples.floats(random, weights.size(), 1);
        var inputs = new float[images][];
        var targets = new float[images][3];
        for (int image = 0; image < images; image++) {
            inputs[image] = Examples.floats(random, INPUTS, 1);
            for (int output = 0; output < 3; output++) {
                double sum = noise * random.nextDouble(-1, 1);
                for (int k = 0; k < INPUTS; k++) {
                    int at = output * INPUTS + k;
                    sum += (weights.at(at) + moved * moves[at]) * inputs[image][k];
                }
                targets[image][output] = (float) sum;
            }
        }
        var places = Places.of(Results.of(inputs), Results.of(targets), 1, images, 1);
        var halves =
                Stream.of(places.half(0), places.half(1))
                        .map(
                                half ->
                                        Regression.ofGroups(
                                                patches, half, Kernels.scalar(), Progress.silent()))
                        .toList();
        var trained = new double[3][INPUTS];
        for (int i = 0; i < weights.size(); i++) {
            trained[i / INPUTS][i % INPUTS] = weights.at(i);
        }
        return new CrossValidation(halves.get(0), halves.get(1), List.<double[][]>of(trained))
                .damping();
    }

    @Test
    void weightsThatNeedNotMoveAreHeldWhereTheyWereTrained() {
        assertThat(damping(60, 0, 1)).isEqualTo(1);
    }

    @Test
    void weightsThatMustMoveAreLetGo() {
        assertThat(damping(2000, 0.5, 0.05)).isEqualTo(0.001);
    }

    @Test
    void moreImagesAreTrustedMore() {
        assertThat(damping(4000, 0.1, 1)).isLessThan(damping(60, 0.1, 1));
    }
}
