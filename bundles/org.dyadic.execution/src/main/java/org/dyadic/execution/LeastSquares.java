package org.dyadic.execution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;

/**
 * What an error e of the weights of an output costs: e'He, with H the covariance of the inputs plus
 * a little of the identity. The little says that where inputs tell nothing, a weight had better
 * stay as it was trained.
 *
 * <p>Weights are visited in the order of what they matter; {@link #factor} is in this order.
 */
final class LeastSquares {

    /** Share of the mean variance of an input, as Frantar et al. have it (GPTQ, ICLR 2023). */
    static final double DAMPING = 0.01;

    private final int size;
    private final double[][] form;
    private final double damping;
    private final int[] order;
    private final LinearSolverChol_DDRM solver;

    /**
     * @param share of the mean variance of an input that is added to each
     */
    LeastSquares(double[][] covariance, double share) {
        this.size = covariance.length;
        double trace = IntStream.range(0, size).mapToDouble(k -> covariance[k][k]).sum();
        // Inputs that never change leave only the trained weights to hold on to.
        this.damping = trace > 0 ? share * trace / size : 1;
        this.form = new double[size][];
        for (int k = 0; k < size; k++) {
            form[k] = covariance[k].clone();
            form[k][k] += damping;
        }
        this.order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> -form[k][k]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        var ordered = new DMatrixRMaj(size, size);
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < size; c++) {
                ordered.set(r, c, form[order[r]][order[c]]);
            }
        }
        this.solver = new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
        if (!solver.setA(ordered)) {
            throw new IllegalStateException("the covariance of the inputs is not positive");
        }
    }

    /**
     * The weights w of least {@code |target - w x|^2 + damping |w - trained|^2}.
     *
     * @param trained a row for each output
     */
    double[][] solve(Regression regression, double[][] trained) {
        var right = new DMatrixRMaj(size, trained.length);
        for (int turn = 0; turn < size; turn++) {
            int k = order[turn];
            for (int output = 0; output < trained.length; output++) {
                double pull = regression.cross(output, k) + damping * trained[output][k];
                right.set(turn, output, pull);
            }
        }
        var solution = new DMatrixRMaj(size, trained.length);
        solver.solve(right, solution);
        var weights = new double[trained.length][size];
        for (int turn = 0; turn < size; turn++) {
            for (int output = 0; output < trained.length; output++) {
                weights[output][order[turn]] = solution.get(turn, output);
            }
        }
        return weights;
    }

    /**
     * How much of the variance of the targets the weights of least squared error explain, summed
     * over the outputs.
     */
    double explained(Regression regression, double[][] trained) {
        double[][] weights = solve(regression, trained);
        double sum = 0;
        for (int output = 0; output < weights.length; output++) {
            for (int k = 0; k < size; k++) {
                double w = weights[output][k];
                sum += w * (regression.cross(output, k) - damping * (trained[output][k] - w));
            }
        }
        return sum;
    }

    /** The upper triangular U of which U'U is the inverse of H. */
    double[][] factor() {
        var inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        var cholesky = new CholeskyDecompositionInner_DDRM(false);
        if (!cholesky.decompose(inverse)) {
            throw new IllegalStateException("the inverse covariance is not positive");
        }
        double[] upper = cholesky.getT(null).getData();
        return IntStream.range(0, size)
                .mapToObj(row -> Arrays.copyOfRange(upper, row * size, (row + 1) * size))
                .toArray(double[][]::new);
    }

    /** Which weight is visited at a turn. */
    int visited(int turn) {
        return order[turn];
    }

    /** A row of H; not to be written into. */
    double[] form(int k) {
        return form[k];
    }

    /** H times a vector. */
    double[] times(double[] vector) {
        var product = new double[size];
        for (int k = 0; k < size; k++) {
            double x = vector[k];
            double[] row = form[k];
            for (int j = 0; j < size; j++) {
                product[j] += x * row[j];
            }
        }
        return product;
    }
}
