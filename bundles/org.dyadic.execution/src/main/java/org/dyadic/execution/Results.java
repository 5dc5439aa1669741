package org.dyadic.execution;

import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Numbers that there are for each of some images, such as the results of a node: fetched or
 * computed whenever they are asked for, so that they need not all be in memory. They are not to be
 * written into.
 *
 * @param images how many there are
 * @param source of the numbers of an image; safe for threads
 */
record Results(int images, IntFunction<float[]> source) {

    static Results of(float[][] held) {
        return new Results(held.length, image -> held[image]);
    }

    float[] of(int image) {
        return source.apply(image);
    }

    Results map(UnaryOperator<float[]> function) {
        return new Results(images, image -> function.apply(of(image)));
    }

    /** Of every second image, from the first image on or from the second. */
    Results half(int from) {
        return new Results((images + 1 - from) / 2, image -> of(2 * image + from));
    }
}
