package org.dyadic.simulators;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An extent cut into tiles of one size, the last of which may be smaller.
 *
 * @param tile size of all tiles but perhaps the last, at most the extent
 */
record Cut(int extent, int tile) {

    /** Sizes of tiles that differ by less are not worth telling apart. */
    private static final int FINENESS = 16;

    int count() {
        return (extent + tile - 1) / tile;
    }

    /** Size of a tile. */
    int size(int index) {
        return Math.min(tile, extent - index * tile);
    }

    /** Size of the last tile. */
    int last() {
        return extent - (count() - 1) * tile;
    }

    /**
     * Where tiles begin that are alike, in size and in being the first, the last or neither; and in
     * the end their number.
     */
    int[] runs() {
        int count = count();
        return switch (count) {
            case 1 -> new int[] {0, 1};
            case 2 -> new int[] {0, 1, 2};
            default -> new int[] {0, 1, count - 1, count};
        };
    }

    /**
     * Folds of all tiles together over so many lanes, if an element takes {@code width} of them.
     */
    long folds(int width, int lanes) {
        return (count() - 1) * Mapping.ceilDivide((long) tile * width, lanes)
                + Mapping.ceilDivide((long) last() * width, lanes);
    }

    /**
     * The cuts worth trying, coarse ones first: for each number of tiles the smallest tile that
     * makes so many, and the next larger one that fills its folds over the lanes. Of large extents
     * with many tiles, those whose sizes differ by a sixteenth.
     */
    static List<Cut> candidates(int extent, int width, int lanes) {
        var sizes = new TreeSet<Integer>();
        for (int count = 1; count <= extent; ) {
            int tile = (extent + count - 1) / count;
            sizes.add(tile);
            long folds = Mapping.ceilDivide((long) tile * width, lanes);
            sizes.add((int) Math.max(tile, Math.min(extent, folds * lanes / width)));
            if (tile == 1) {
                break;
            }
            // the least number of tiles that allows a smaller one, and then some if there are many
            int next = Math.max(1, Math.min(tile - 1, tile - tile / FINENESS));
            count = Math.max(count + 1, (extent + next - 1) / next);
        }
        var cuts = new ArrayList<Cut>();
        sizes.descendingIterator().forEachRemaining(tile -> cuts.add(new Cut(extent, tile)));
        return cuts;
    }
}
