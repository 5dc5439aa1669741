package com.example.bitserial;

import static org.assertj.core.api.Assertions.assertThat;

import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.testkit.BackendContract;
import org.junit.jupiter.api.Test;

import java.util.Optional;

class BitSerialArrayTest implements BackendContract {

    @Override
    public Backend backend() {
        return new BitSerialArray();
    }

    /** A dense layer of 32 inputs and 16 outputs: two tiles of 16 x 16. */
    private Timing timing(int activationBits) {
        var layer =
                new Operands(
                        "layer",
                        new Operation.Dense(Tensor.filled(Shape.of(16, 32), 1), Optional.empty()),
                        Shape.of(32),
                        Shape.of(16),
                        fit(new Encoding.Uniform(8, true, 0)),
                        fit(new Encoding.Uniform(activationBits, false, 0)));
        var verdict = backend().judge(layer, backend().parameters().defaults());
        return ((Verdict.Acceptance) verdict).timing().orElseThrow();
    }

    private static Fit fit(Encoding.Integral encoding) {
        return Fit.of(Grid.of(encoding, 1), 0);
    }

    @Test
    void everyBitOfAnActivationTakesACycleInEveryTile() {
        assertThat(timing(8).cycles()).isEqualTo(2 * (16 + 8));
        assertThat(timing(4).cycles()).isEqualTo(2 * (16 + 4));
        assertThat(timing(4).activationReads()).isEqualTo(32 * 4 / 32);
        assertThat(timing(4).weightReads()).isEqualTo(16 * 32 * 8 / 32);
    }
}
