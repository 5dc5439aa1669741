package org.dyadic.simulators;

import org.dyadic.api.network.Window;

/**
 * One axis of the results of a layer, cut into tiles, and the input elements along it that each
 * tile needs. Windows of neighbouring tiles overlap; padding is in no memory.
 */
final class Strip {

    private final Cut cut;
    private final int[] touched;
    private final int[] fresh;
    private final long allTouched;
    private final long allFresh;
    private final int mostTouched;

    /**
     * @param touched input elements that each tile needs
     * @param fresh of these, the ones that no tile before it needs
     */
    private Strip(Cut cut, int[] touched, int[] fresh) {
        this.cut = cut;
        this.touched = touched;
        this.fresh = fresh;
        long all = 0;
        long union = 0;
        int most = 0;
        for (int i = 0; i < touched.length; i++) {
            all += touched[i];
            union += fresh[i];
            most = Math.max(most, touched[i]);
        }
        this.allTouched = all;
        this.allFresh = union;
        this.mostTouched = most;
    }

    /** An axis of which each result needs an input of its own. */
    static Strip plain(Cut cut) {
        var sizes = new int[cut.count()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = cut.size(i);
        }
        return new Strip(cut, sizes, sizes);
    }

    /** The rows of a convolution whose input has so many. */
    static Strip rows(Cut cut, int input, Window window) {
        return sliding(
                cut, input, window.height(), window.strideY(), window.dilationY(), window.top());
    }

    /** The columns of a convolution whose input has so many. */
    static Strip columns(Cut cut, int input, Window window) {
        return sliding(
                cut, input, window.width(), window.strideX(), window.dilationX(), window.left());
    }

    private static Strip sliding(
            Cut cut, int input, int window, int stride, int dilation, int padding) {
        var touched = new int[cut.count()];
        var fresh = new int[touched.length];
        var lastUser = new int[input]; // a tile more, so that zero is nobody
        for (int result = 0; result < cut.extent(); result++) {
            int tile = result / cut.tile();
            for (int tap = 0; tap < window; tap++) {
                long place = (long) result * stride + (long) tap * dilation - padding;
                if (place >= 0 && place < input && lastUser[(int) place] != tile + 1) {
                    fresh[tile] += lastUser[(int) place] == 0 ? 1 : 0;
                    touched[tile]++;
                    lastUser[(int) place] = tile + 1;
                }
            }
        }
        return new Strip(cut, touched, fresh);
    }

    Cut cut() {
        return cut;
    }

    int touched(int tile) {
        return touched[tile];
    }

    int fresh(int tile) {
        return fresh[tile];
    }

    /** What all tiles need, each by itself. */
    long allTouched() {
        return allTouched;
    }

    /** What all tiles need together. */
    long allFresh() {
        return allFresh;
    }

    int mostTouched() {
        return mostTouched;
    }
}
