package org.dyadic.execution;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one node does to a batch of images, in integers: the constants as data, for whoever executes
 * or translates it another way, and {@link #run}, which defines it. A tensor is row-major, as the
 * network's shapes say.
 */
public sealed interface Step permits Multiplication, Steps.Constant, Step.OfImage {

    /** The result for each image of {@code inputs[input][image]}. */
    int[][] run(int[][][] inputs, LongAdder overflows);

    /** A step that looks at one image at a time. */
    sealed interface OfImage extends Step
            permits Steps.Clamp,
                    Steps.Lookup,
                    Steps.Sum,
                    Steps.Affine,
                    Steps.Product,
                    Steps.Same,
                    Steps.Pick,
                    Steps.Border,
                    Steps.Join,
                    Steps.Largest,
                    Steps.WindowMean,
                    Steps.Mean {

        /** The result for an image. */
        int[] runImage(int[][] inputs);

        @Override
        default int[][] run(int[][][] inputs, LongAdder overflows) {
            int images = inputs[0].length;
            var results = new int[images][];
            var own = new int[inputs.length][];
            for (int image = 0; image < images; image++) {
                for (int input = 0; input < inputs.length; input++) {
                    own[input] = inputs[input][image];
                }
                results[image] = runImage(own);
            }
            return results;
        }
    }
}
