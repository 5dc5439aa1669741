package org.dyadic.execution;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Pixels of many images, at which a layer's input and the result it should have are looked at.
 *
 * @param inputs of the layer
 * @param targets what the layer should compute
 * @param image for each place; never less than for the place before
 * @param pixel for each place
 */
record Places(Results inputs, Results targets, int[] image, int[] pixel) {

    /**
     * Some places with what there is.
     *
     * @param inputs for each place, all numbers of its image
     * @param targets for each place, all numbers of its image
     * @param pixel for each place
     */
    record Tile(float[][] inputs, float[][] targets, int[] pixel) {
        int count() {
            return pixel.length;
        }
    }

    /** So many pixels of the result in all, spread evenly over each image from a random start. */
    static Places of(Results inputs, Results targets, int pixels, int most, long seed) {
        int each = Math.max(1, Math.min(pixels, most / inputs.images()));
        var image = new int[inputs.images() * each];
        var pixel = new int[image.length];
        var random = new SplittableRandom(seed);
        for (int i = 0; i < inputs.images(); i++) {
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
                inputs.half(from),
                targets.half(from),
                IntStream.of(kept).map(i -> image[i] / 2).toArray(),
                IntStream.of(kept).map(i -> pixel[i]).toArray());
    }

    int count() {
        return image.length;
    }

    /** So many places at a time, in order; only a few images are in memory at once. */
    void eachTile(int size, Consumer<Tile> body) {
        var given = new Ahead(inputs);
        var wanted = new Ahead(targets);
        for (int from = 0; from < count(); from += size) {
            int[] images = Arrays.copyOfRange(image, from, Math.min(from + size, count()));
            body.accept(
                    new Tile(
                            given.of(images),
                            wanted.of(images),
                            Arrays.copyOfRange(pixel, from, from + images.length)));
        }
    }

    /** Has the numbers of the images asked for last, and of those that come next. */
    private static final class Ahead {

        /** Images that are fetched at once: a few for each thread. */
        private static final int BATCH = 2 * Runtime.getRuntime().availableProcessors();

        private final Results results;
        private final float[][] held;
        private int first;
        private int end;

        Ahead(Results results) {
            this.results = results;
            this.held = new float[results.images()][];
        }

        /**
         * @param images ascending, and none before the first of the images asked for last
         */
        float[][] of(int[] images) {
            for (; first < images[0]; first++) {
                held[first] = null;
            }
            int last = images[images.length - 1];
            if (last >= end) {
                int start = Math.max(end, first);
                end = Math.min(held.length, Math.max(last + 1, start + BATCH));
                IntStream.range(start, end).parallel().forEach(i -> held[i] = results.of(i));
            }
            return IntStream.of(images).mapToObj(i -> held[i]).toArray(float[][]::new);
        }
    }
}
