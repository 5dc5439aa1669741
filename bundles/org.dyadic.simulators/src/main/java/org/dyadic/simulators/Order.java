package org.dyadic.simulators;

import java.util.Arrays;

/** Which of the loops over tiles runs inside which. */
enum Order {
    MNK(0, 1, 2),
    MKN(0, 2, 1),
    NMK(1, 0, 2),
    NKM(1, 2, 0),
    KMN(2, 0, 1),
    KNM(2, 1, 0);

    /** The loops, by the extent that they cut. */
    static final int M = 0;

    static final int N = 1;
    static final int K = 2;

    private final int[] loops;
    private final int[] depth = new int[3];

    Order(int... loops) {
        this.loops = loops;
        for (int i = 0; i < loops.length; i++) {
            depth[loops[i]] = i;
        }
    }

    /** The loop at a depth, the outermost at zero. */
    int loop(int at) {
        return loops[at];
    }

    /** True if a loop runs within another. */
    boolean inside(int loop, int other) {
        return depth[loop] > depth[other];
    }

    @Override
    public String toString() {
        return Arrays.toString(loops);
    }
}
