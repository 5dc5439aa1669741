package org.dyadic.simulators.scalesim;

import org.dyadic.api.sim.Workload;

/** Which element of memory stands in each place of a matrix. */
interface Elements {

    int NONE = -1;

    /** The element of a row and a column; {@link #NONE} beyond the image. */
    int at(long row, long column);

    /** More than any element. */
    int size();

    /** The input matrix, m x k. */
    static Elements ofInput(Workload layer) {
        return layer.sliding()
                .<Elements>map(image -> new Patches(layer, image))
                .orElseGet(() -> matrix(layer.m(), layer.k()));
    }

    /** The weights, k x n. */
    static Elements ofWeights(Workload layer) {
        return matrix(layer.k(), layer.n());
    }

    private static Elements matrix(int rows, int columns) {
        int size = Math.multiplyExact(rows, columns);
        return new Elements() {
            @Override
            public int at(long row, long column) {
                return (int) (row * columns + column);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
