package org.dyadic.execution;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

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

    /** The places of every second image, from the first image on or from the second. */
    Places half(int from) {
        int[] kept = IntStream.range(0, count()).filter(i -> image[i] % 2 == from).toArray();
        return new Places(
                inputs,
                targets,
                IntStream.of(kept).map(i -> image[i]).toArray(),
                IntStream.of(kept).map(i -> pixel[i]).toArray());
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
