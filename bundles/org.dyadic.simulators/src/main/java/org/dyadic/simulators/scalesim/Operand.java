package org.dyadic.simulators.scalesim;

/** The three matrices, and when a fold asks for each. */
enum Operand {
    IFMAP,
    FILTER,
    OFMAP;

    /** The requests of a fold that uses so many rows and columns. */
    Wave wave(Folds folds, long rowsUsed, long columnsUsed) {
        long loading = folds.loading();
        return switch (folds.dataflow()) {
            case OUTPUT_STATIONARY ->
                    switch (this) {
                        case IFMAP -> new Wave(0, rowsUsed, folds.steps(), true);
                        case FILTER -> new Wave(0, columnsUsed, folds.steps(), true);
                        // Results leave at the bottom, those of the last row first.
                        case OFMAP ->
                                new Wave(
                                        folds.steps() - 1 + folds.rows() - rowsUsed,
                                        columnsUsed,
                                        rowsUsed,
                                        true);
                    };
            case WEIGHT_STATIONARY, INPUT_STATIONARY ->
                    this == OFMAP
                            ? new Wave(loading + folds.rows() - 1, columnsUsed, folds.steps(), true)
                            : stays(folds)
                                    // The last row goes in first, empty ones before it.
                                    ? new Wave(
                                            folds.rows() - rowsUsed, columnsUsed, rowsUsed, false)
                                    : new Wave(loading, rowsUsed, folds.steps(), true);
            case ROW_STATIONARY -> throw Folds.notSystolic();
        };
    }

    /** True if this operand is held in the array while the others pass. */
    boolean stays(Folds folds) {
        return switch (folds.dataflow()) {
            case OUTPUT_STATIONARY -> this == OFMAP;
            case WEIGHT_STATIONARY -> this == FILTER;
            case INPUT_STATIONARY -> this == IFMAP;
            case ROW_STATIONARY -> throw Folds.notSystolic();
        };
    }
}
