package org.dyadic.api.quant;

import java.util.Objects;
import java.util.Optional;

/** What a quantizer answers: a grid, or that the tensor stays as it is. */
public sealed interface Fit {

    /** The encoding of the tensor. */
    Encoding encoding();

    /** The grid, if there is one. */
    Optional<Grid> grid();

    /** A grid with the mean squared error the quantizer expects of it. */
    static Quantized of(Grid grid, double squaredError) {
        return new Quantized(grid, squaredError, Optional.empty());
    }

    /** The tensor is encoded on a grid. */
    record Quantized(Grid chosen, double squaredError, Optional<Certificate> certificate)
            implements Fit {
        public Quantized {
            Objects.requireNonNull(chosen, "chosen");
            Objects.requireNonNull(certificate, "certificate");
            if (!(squaredError >= 0)) {
                throw new IllegalArgumentException(
                        "a squared error is not negative, was " + squaredError);
            }
        }

        @Override
        public Encoding encoding() {
            return chosen.encoding();
        }

        @Override
        public Optional<Grid> grid() {
            return Optional.of(chosen);
        }

        /** This fit with what the search for it did. */
        public Quantized certifiedBy(Certificate certificate) {
            return new Quantized(chosen, squaredError, Optional.of(certificate));
        }
    }

    /** The tensor stays in single precision. */
    record Unquantized() implements Fit {
        @Override
        public Encoding encoding() {
            return new Encoding.Float32();
        }

        @Override
        public Optional<Grid> grid() {
            return Optional.empty();
        }
    }
}
