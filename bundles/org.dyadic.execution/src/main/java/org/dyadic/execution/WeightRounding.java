package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.workbench.Progress;

/**
 * Gives every weight of an output a level so that the error of the output, not that of the weights,
 * is small. First one weight after the other goes to its nearest level, and those not yet rounded
 * make good what that did to the output: optimal brain quantization in the order of GPTQ (Frantar
 * et al., ICLR 2023), here with levels of any spacing. Then single levels change, and the scale
 * with them, as long as that helps.
 */
final class WeightRounding {

    /** Turns of level changes; most outputs change no more after three. */
    private static final int TURNS = 8;

    private final int[] levels;
    private final LeastSquares cost;
    private final double[][] factor;
    private final Progress progress;

    WeightRounding(Grid grid, LeastSquares cost, Progress progress) {
        this.progress = progress;
        this.levels = grid.levels();
        this.cost = cost;
        this.factor = cost.factor();
    }

    /**
     * The weights of one output.
     *
     * @param levels one for each weight
     * @param scale what a level is worth
     * @param error what the rounding costs
     */
    record Row(int[] levels, double scale, double error) {}

    /**
     * One result for each scale to start from.
     *
     * @param weights that would cost nothing
     * @param ownScale true if this output may have another scale than the one to start from
     */
    List<Row> round(double[] weights, double[] scales, boolean ownScale) {
        double[] wanted = cost.times(weights);
        return Arrays.stream(scales)
                .mapToObj(scale -> round(weights, wanted, scale, ownScale))
                .toList();
    }

    private Row round(double[] weights, double[] wanted, double scale, boolean ownScale) {
        Cancelled.check(progress);
        int[] row = compensated(weights, scale);
        double[] held = cost.times(Arrays.stream(row).asDoubleStream().toArray());
        double own = scale;
        boolean changed = true;
        for (int turn = 0; turn < TURNS && changed; turn++) {
            if (ownScale) {
                own = leastSquares(row, wanted, held, own);
            }
            changed = improve(row, own, wanted, held);
        }
        double error = 0;
        for (int k = 0; k < row.length; k++) {
            error += (weights[k] - own * row[k]) * (wanted[k] - own * held[k]);
        }
        return new Row(row, own, error);
    }

    private int[] compensated(double[] weights, double scale) {
        int n = weights.length;
        var open = new double[n];
        Arrays.setAll(open, turn -> weights[cost.visited(turn)]);
        var row = new int[n];
        for (int turn = 0; turn < n; turn++) {
            int level = nearest(open[turn] / scale);
            row[cost.visited(turn)] = level;
            double[] ofTurn = factor[turn];
            double share = (open[turn] - scale * level) / ofTurn[turn];
            for (int later = turn + 1; later < n; later++) {
                open[later] -= share * ofTurn[later];
            }
        }
        return row;
    }

    /** The scale of least cost for these levels; the one there is if they tell nothing. */
    private static double leastSquares(int[] row, double[] wanted, double[] held, double scale) {
        double cross = 0;
        double energy = 0;
        for (int k = 0; k < row.length; k++) {
            cross += row[k] * wanted[k];
            energy += row[k] * held[k];
        }
        double best = cross / energy;
        return best > 0 && Double.isFinite(best) ? best : scale;
    }

    /**
     * Brings each weight in turn to the level that costs least while all others stay.
     *
     * @param held H times the levels; kept so
     * @return true if some level changed
     */
    private boolean improve(int[] row, double scale, double[] wanted, double[] held) {
        boolean changed = false;
        for (int k = 0; k < row.length; k++) {
            double[] form = cost.form(k);
            double pull = wanted[k] - scale * held[k];
            int change = nearest(row[k] + pull / (scale * form[k])) - row[k];
            double gain = scale * change * (2 * pull - scale * change * form[k]);
            if (gain > 0) {
                row[k] += change;
                for (int j = 0; j < held.length; j++) {
                    held[j] += change * form[j];
                }
                changed = true;
            }
        }
        return changed;
    }

    private int nearest(double x) {
        return levels[Grid.nearest(levels, x)];
    }
}
