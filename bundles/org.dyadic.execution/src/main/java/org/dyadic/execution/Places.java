package org.dyadic.execution;

import java.util.SplittableRandom;

/**
 * Pixels of many images, at which a layer's input and the result it should have are looked at.
 *
 * @param inputs of the layer, one array for each image
 * @param targets what the layer should compute, one array for each image
 * @param image for each place
 * @param pixel for each place
 */
record Places(float[][] inputs, float[][] targets, int[] image, int[] pixel) {

    /** So many pixels of the result in all, spread evenly over each image from a random start. */
    static Places of(float[][] inputs, float[][] targets, int pixels, int most, long seed) {
        int each = Math.max(1, Math.min(pixels, most / inputs.length));
        var image = new int[inputs.length * each];
        var pixel = new int[image.length];
        var random = new SplittableRandom(seed);
        for (int i = 0; i < inputs.length; i++) {
            int start = random.nextInt(pixels);
            for (int j = 0; j < each; j++) {
                image[i * each + j] = i;
                pixel[i * each + j] = (int) ((start + (long) j * pixels / each) % pixels);
            }
        }
        return new Places(inputs, targets, image, pixel);
    }

    int count() {
        return image.length;
    }

    float[] input(int place) {
        return inputs[image[place]];
    }

    float[] target(int place) {
        return targets[image[place]];
    }
}
