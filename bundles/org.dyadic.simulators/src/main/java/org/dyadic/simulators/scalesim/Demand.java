package org.dyadic.simulators.scalesim;

/** All requests of an operand in a layer, in their order, and when each is made. */
final class Demand {

    /** Any fold along the rows but the last. */
    private static final long FIRST = -1;

    private final Folds folds;
    private final Wave full;
    private final Wave lastRow;
    private final Wave lastColumn;
    private final Wave corner;

    Demand(Folds folds, Operand operand) {
        this.folds = folds;
        long lastRows = folds.rowsUsed(folds.rowFolds() - 1);
        long lastColumns = folds.columnsUsed(folds.columnFolds() - 1);
        this.full = operand.wave(folds, folds.rows(), folds.columns());
        this.lastRow = operand.wave(folds, lastRows, folds.columns());
        this.lastColumn = operand.wave(folds, folds.rows(), lastColumns);
        this.corner = operand.wave(folds, lastRows, lastColumns);
    }

    private Wave wave(long rowFold, long columnFold) {
        boolean bottom = rowFold == folds.rowFolds() - 1;
        if (columnFold == folds.columnFolds() - 1) {
            return bottom ? corner : lastColumn;
        }
        return bottom ? lastRow : full;
    }

    /** Requests in all folds of one column fold. */
    long count(long columnFold) {
        return (folds.rowFolds() - 1) * wave(FIRST, columnFold).count()
                + wave(folds.rowFolds() - 1, columnFold).count();
    }

    long count() {
        long last = folds.columnFolds() - 1;
        return last * count(0) + count(last);
    }

    /** The cycle of the n-th request, n from 0. */
    long cycle(long n) {
        long columnFold = Math.min(n / count(0), folds.columnFolds() - 1);
        long rest = n - columnFold * count(0);
        long rowFold = Math.min(rest / wave(FIRST, columnFold).count(), folds.rowFolds() - 1);
        rest -= rowFold * wave(FIRST, columnFold).count();
        return start(rowFold, columnFold) + wave(rowFold, columnFold).cycle(rest);
    }

    /** Requests before a cycle. */
    long before(long cycle) {
        long fold = cycle / folds.cycles();
        if (fold >= folds.count()) {
            return count();
        }
        long columnFold = fold / folds.rowFolds();
        long rowFold = fold % folds.rowFolds();
        return columnFold * count(0)
                + rowFold * wave(FIRST, columnFold).count()
                + wave(rowFold, columnFold).before(cycle % folds.cycles());
    }

    private long start(long rowFold, long columnFold) {
        return (columnFold * folds.rowFolds() + rowFold) * folds.cycles();
    }
}
