package org.dyadic.simulators;

import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * The rows of a layer's matrix product, m for each image, cut into tiles: images x rows x columns
 * of output pixels, walked in this order. A tile holds several images only if it holds them whole.
 */
final class Pixels {

    private final Cut images;
    private final Strip rows;
    private final Strip columns;
    private int[] runsOfTouched;
    private int[] runsOfFresh;
    private int foldedLanes;
    private long folds;

    Pixels(Cut images, Strip rows, Strip columns) {
        this.images = images;
        this.rows = rows;
        this.columns = columns;
    }

    int count() {
        return images.count() * rows.cut().count() * columns.cut().count();
    }

    /** Rows of the product in all tiles. */
    long extent() {
        return (long) images.extent() * rows.cut().extent() * columns.cut().extent();
    }

    /** Rows of the product in a tile, but perhaps fewer in the last along an axis. */
    long tile() {
        return (long) images.tile() * rows.cut().tile() * columns.cut().tile();
    }

    /** Images, rows and columns of a tile. */
    int[] tiling() {
        return new int[] {images.tile(), rows.cut().tile(), columns.cut().tile()};
    }

    int size(int tile) {
        return images.size(image(tile))
                * rows.cut().size(row(tile))
                * columns.cut().size(column(tile));
    }

    /** Input pixels that a tile needs. */
    long touched(int tile) {
        return (long) images.size(image(tile))
                * rows.touched(row(tile))
                * columns.touched(column(tile));
    }

    /** Of these, the ones that no tile before it needs. */
    long fresh(int tile) {
        return (long) images.size(image(tile))
                * rows.fresh(row(tile))
                * columns.fresh(column(tile));
    }

    long allTouched() {
        return images.extent() * rows.allTouched() * columns.allTouched();
    }

    long allFresh() {
        return images.extent() * rows.allFresh() * columns.allFresh();
    }

    long mostTouched() {
        return (long) images.tile() * rows.mostTouched() * columns.mostTouched();
    }

    /** Folds of all tiles together over so many lanes. */
    long folds(int lanes) {
        if (lanes != foldedLanes) {
            folds = count(lanes);
            foldedLanes = lanes;
        }
        return folds;
    }

    private long count(int lanes) {
        long folds = 0;
        for (int i = 0; i < 8; i++) {
            long size = part(images, i & 1) * part(rows.cut(), i & 2) * part(columns.cut(), i & 4);
            long times =
                    times(images, i & 1) * times(rows.cut(), i & 2) * times(columns.cut(), i & 4);
            folds += times * Mapping.ceilDivide(size, lanes);
        }
        return folds;
    }

    private static long part(Cut cut, int last) {
        return last == 0 ? cut.tile() : cut.last();
    }

    private static long times(Cut cut, int last) {
        return last == 0 ? cut.count() - 1 : 1;
    }

    /**
     * Where tiles begin that are alike, in size, input and in being the first or not; and in the
     * end their number.
     *
     * @param gathered whether the input that counts is the fresh one
     */
    int[] runs(boolean gathered) {
        if (gathered) {
            runsOfFresh = runsOfFresh == null ? runs(this::fresh) : runsOfFresh;
            return runsOfFresh;
        }
        runsOfTouched = runsOfTouched == null ? runs(this::touched) : runsOfTouched;
        return runsOfTouched;
    }

    private int[] runs(IntToLongFunction input) {
        int count = count();
        var starts = IntStream.builder().add(0);
        for (int tile = 1; tile < count; tile++) {
            if (tile == 1
                    || size(tile) != size(tile - 1)
                    || input.applyAsLong(tile) != input.applyAsLong(tile - 1)) {
                starts.add(tile);
            }
        }
        return starts.add(count).build().toArray();
    }

    private int image(int tile) {
        return tile / (rows.cut().count() * columns.cut().count());
    }

    private int row(int tile) {
        return tile / columns.cut().count() % rows.cut().count();
    }

    private int column(int tile) {
        return tile % columns.cut().count();
    }
}
