package org.dyadic.execution;

/**
 * What one thread works with, small enough to stay in its cache: sums of a chunk of pixels, in
 * pairs or apart, and the wide integers and codes made of them; and the arrays it uses again and
 * again.
 */
record Scratch(int[] sums, int[] low, int[] high, int[] wide, int[] codes, Arena arena) {

    /** Ints of an array: 32 KiB, of which the five fit a cache of the second level. */
    private static final int LENGTH = 8192;

    /** Pixels are counted in multiples of the largest tile of the kernels. */
    static final int TILE = 16;

    /**
     * @param widest the most ints that are worked on at once, if that is more than usual
     */
    static Scratch of(int widest) {
        int length = Math.max(LENGTH, widest);
        return new Scratch(
                new int[length],
                new int[length],
                new int[length],
                new int[length],
                new int[length],
                new Arena());
    }

    /** How many pixels of so many ints are worked on at once. */
    int chunk(int stride) {
        int pixels = wide.length / stride;
        return pixels < TILE ? pixels : pixels / TILE * TILE;
    }
}
