package org.dyadic.kernels.vector;

import java.util.Optional;
import org.dyadic.kernels.Kernels;
import org.dyadic.kernels.PairKernels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Kernels in vector instructions; matrix products are those of the scalar ones. */
@Component(service = Kernels.class, property = "service.ranking:Integer=100")
public final class VectorKernels implements Kernels {

    private final Kernels scalar = Kernels.scalar();
    private final PairKernels pairs = new VectorPairKernels();

    /** Compiles them in the background, while networks are read and calibrated. */
    @Activate
    void warmUp() {
        WarmUp.start(pairs);
    }

    @Override
    public String id() {
        return "vector";
    }

    @Override
    public Optional<PairKernels> pairs() {
        return Optional.of(pairs);
    }

    @Override
    public void multiply(
            int[] weights,
            int offset,
            int rows,
            int depth,
            int[][] columns,
            int count,
            int[][] result) {
        scalar.multiply(weights, offset, rows, depth, columns, count, result);
    }

    @Override
    public void multiply(
            float[] weights,
            int offset,
            int rows,
            int depth,
            float[][] columns,
            int count,
            float[][] result) {
        scalar.multiply(weights, offset, rows, depth, columns, count, result);
    }

    @Override
    public void multiply(
            int[] weights,
            int offset,
            int rows,
            int depth,
            int[][] columns,
            int count,
            long[][] result) {
        scalar.multiply(weights, offset, rows, depth, columns, count, result);
    }
}
