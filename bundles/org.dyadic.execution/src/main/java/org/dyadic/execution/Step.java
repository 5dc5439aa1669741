package org.dyadic.execution;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one node does to a batch of images, in integers. A tensor is row-major, as the network's
 * shapes say.
 */
interface Step {

    /** The result for each image of {@code inputs[input][image]}. */
    int[][] run(int[][][] inputs, LongAdder overflows);

    /** A step that looks at one image at a time. */
    interface OfImage extends Step {
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
