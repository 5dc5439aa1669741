package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.dyadic.quantizers.UniformQuantizer;
import org.junit.jupiter.api.Test;

/** What a layer computes from all calibration images need not fit in memory. */
class CalibrationMemoryTest {

    private static final int IMAGES = 200;

    /** Of these numbers, those of all images take 100 MiB. */
    private static final Shape WIDE = Shape.of(32, 64, 64);

    @Test
    void aLayerMayComputeMoreThanJavaMayUse() throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx100m", "-XX:+UseSerialGC"));
        command.add("-XX:ActiveProcessorCount=2");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(CalibrationMemoryTest.class.getName());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).endsWith("3 layers calibrated" + System.lineSeparator());
    }

    /** The process with little memory. */
    public static void main(String[] arguments) {
        var random = new SplittableRandom(1);
        var image = Shape.of(1, 64, 64);
        var network =
                Examples.chain(
                        image,
                        List.of(
                                Examples.convolution(random, 32, 1, 1, Window.square(3, 1, 1)),
                                new Operation.Pointwise(new Function.Relu()),
                                Examples.convolution(random, 32, 1, 32, Window.square(3, 1, 1)),
                                Examples.convolution(random, 4, 32, 1, Window.square(1, 1, 0))),
                        List.of(WIDE, WIDE, WIDE, Shape.of(4, 64, 64)));
        var choice = Examples.choice(new UniformQuantizer(), 4);
        var policies = new HashMap<Integer, LayerPolicy>();
        Layers.of(network).forEach(index -> policies.put(index, new LayerPolicy(choice, choice)));
        var images =
                IntStream.range(0, IMAGES)
                        .mapToObj(i -> Examples.floats(random, image.size(), 1))
                        .toList();
        new Quantization(network, policies, Recipe.FULL, 1, Kernels.scalar(), Progress.silent())
                .run(images);
        System.out.println(policies.size() + " layers calibrated");
    }
}
