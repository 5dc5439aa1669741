package org.dyadic.execution;

import java.util.Optional;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.quant.Grid;

/**
 * The weights of a layer as it will run: a level each, times the scale of its channel, or float.
 */
public final class HeldWeights {

    private final Tensor values;
    private final Grid grid; // null if the weights are float
    private final int[] levels;

    private HeldWeights(Tensor values, Grid grid, int[] levels) {
        this.values = values;
        this.grid = grid;
        this.levels = levels;
    }

    /** Weights in single precision. */
    public static HeldWeights floats(Tensor values) {
        return new HeldWeights(values, null, null);
    }

    /** Each weight at the nearest level of its channel. */
    static HeldWeights nearest(Tensor weights, Grid grid) {
        int each = weights.size() / weights.shape().extent(0);
        var levels = new int[weights.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = grid.level(grid.nearest(weights.at(i), i / each));
        }
        return of(weights.shape(), grid, levels);
    }

    /**
     * @param shape of the tensor, output channels first
     * @param levels of the grid, one for each weight
     */
    static HeldWeights of(Shape shape, Grid grid, int[] levels) {
        int each = levels.length / shape.extent(0);
        var values = new float[levels.length];
        for (int i = 0; i < levels.length; i++) {
            values[i] = (float) (grid.scale(i / each) * levels[i]);
        }
        return new HeldWeights(Tensor.of(shape, values), grid, levels);
    }

    /** Each channel times its gain; weights of one scale take the first gain. */
    HeldWeights times(double[] gains) {
        if (grid == null) {
            return this;
        }
        var scales = grid.scales();
        for (int channel = 0; channel < scales.length; channel++) {
            scales[channel] *= gains[channel];
        }
        return of(values.shape(), grid.withScales(scales), levels);
    }

    /** The numbers the layer multiplies with. */
    public Tensor values() {
        return values;
    }

    /** The levels there are, and the scale of each channel; empty if the weights are float. */
    public Optional<Grid> grid() {
        return Optional.ofNullable(grid);
    }

    /** The level of each weight; there must be a grid. */
    int[] levels() {
        return levels.clone();
    }
}
