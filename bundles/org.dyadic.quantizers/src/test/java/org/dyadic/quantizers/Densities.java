package org.dyadic.quantizers;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.dyadic.api.quant.Distribution;

/** Textbook distributions, as fine samples weighted by their density: no draw, and no noise. */
final class Densities {

    private static final int PLACES = 20_000;

    private Densities() {}

    static Distribution of(String name) {
        return switch (name) {
            case "Gauss" -> between(-8, 8, x -> Math.exp(-x * x / 2));
            case "Laplace" -> between(-30, 30, x -> Math.exp(-Math.abs(x)));
            case "half-Laplace" -> between(0, 30, x -> Math.exp(-x));
            case "ReLU(Gauss)" -> withAsManyZeros(between(0, 8, x -> Math.exp(-x * x / 2)));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Distribution between(double low, double high, DoubleUnaryOperator density) {
        var places = new double[PLACES];
        Arrays.setAll(places, i -> low + (i + 0.5) * (high - low) / PLACES);
        return Distribution.weighted(places, Arrays.stream(places).map(density).toArray());
    }

    private static Distribution withAsManyZeros(Distribution data) {
        var places = new double[data.size() + 1];
        var weights = new double[data.size() + 1];
        Arrays.setAll(places, i -> i == 0 ? 0 : data.value(i - 1));
        Arrays.setAll(weights, i -> i == 0 ? data.mass() : data.weight(i - 1));
        return Distribution.weighted(places, weights);
    }

    /** Signal to quantization noise in dB. */
    static double sqnr(Distribution data, double squaredError) {
        return 10 * Math.log10(data.power() / squaredError);
    }
}
