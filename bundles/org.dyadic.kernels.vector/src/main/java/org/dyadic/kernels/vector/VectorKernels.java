package org.dyadic.kernels.vector;

import java.util.Optional;
import org.dyadic.kernels.Kernels;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.ScalarKernels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Loops over pairs of images in vector instructions; matrix products are those of the scalar ones.
 */
@Component(service = Kernels.class, property = "service.ranking:Integer=100")
public final class VectorKernels extends ScalarKernels {

    private final PairKernels pairs = new VectorPairKernels();

    /** Compiles them in the background, while networks are read and calibrated. */
    @Activate
    public void warmUp() {
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
}
