package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShelfTest {

    private static final int SIZE = 100;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[][] images = new float[5][];

    ShelfTest() {
        for (int image = 0; image < images.length; image++) {
            images[image] = Examples.floats(random, SIZE, 1e30);
        }
        images[3][7] = Float.NaN;
        images[4][0] = -0f;
    }

    /** In memory, partly, and all in a file. */
    @ParameterizedTest
    @ValueSource(longs = {5 * 4 * SIZE, 2 * 4 * SIZE, 0})
    void whatIsPutIsFoundAgainToTheBit(long room) {
        var rest = new AtomicLong(room);
        try (var shelf = new Shelf(3, images.length, rest)) {
            for (int image = images.length - 1; image >= 0; image--) {
                shelf.put(2, image, images[image]);
            }
            assertThat(rest.get()).isBetween(0L, Math.max(0, room - 1));
            assertThat(bits(all(shelf, 2))).isDeepEqualTo(bits(images));
            var left = rest.get();
            for (int image = 0; image < images.length; image++) {
                shelf.put(2, image, images[images.length - 1 - image]);
            }
            assertThat(bits(all(shelf, 2))).isDeepEqualTo(bits(reversed()));
            assertThat(rest).as("room after putting others instead").hasValue(left);
            shelf.release(2);
            assertThat(rest).hasValue(room);
            shelf.put(2, 1, images[0]);
            assertThat(shelf.get(2, 1, SIZE)).isEqualTo(images[0]);
        }
        assertThat(rest).hasValue(room);
    }

    private float[][] all(Shelf shelf, int node) {
        return IntStream.range(0, images.length)
                .mapToObj(image -> shelf.get(node, image, SIZE))
                .toArray(float[][]::new);
    }

    private float[][] reversed() {
        return IntStream.range(0, images.length)
                .mapToObj(image -> images[images.length - 1 - image])
                .toArray(float[][]::new);
    }

    private static int[][] bits(float[][] results) {
        return Arrays.stream(results)
                .map(
                        result ->
                                IntStream.range(0, result.length)
                                        .map(i -> Float.floatToRawIntBits(result[i]))
                                        .toArray())
                .toArray(int[][]::new);
    }

    @Test
    void thereIsRoomForAPartOfWhatJavaMayUse() {
        assertThat(Shelf.roomOfThisMachine().get())
                .isPositive()
                .isLessThan(Runtime.getRuntime().maxMemory() / 2);
    }
}
