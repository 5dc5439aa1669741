package com.example.minifloat;

import static org.assertj.core.api.Assertions.assertThat;

import org.dyadic.api.quant.Quantizer;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;

class MinifloatQuantizerTest implements QuantizerContract {

    @Override
    public Quantizer quantizer() {
        return new MinifloatQuantizer();
    }

    @Test
    void fourBitsAreTheNumbersOfTheSpecification() {
        var weights = Samples.weights(1, Samples.gauss(512, 1));
        var grid = quantizer().fit(weights, quantizer().parameters().defaults()).grid();
        assertThat(grid.orElseThrow().levels()) // in halves
                .containsExactly(-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12);
    }
}
