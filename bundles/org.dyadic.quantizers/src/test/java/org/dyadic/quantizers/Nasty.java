package org.dyadic.quantizers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.dyadic.api.quant.Distribution;

/** Small distributions on which a search may go wrong. */
final class Nasty {

    private Nasty() {}

    static Map<String, Distribution> all() {
        var all = new LinkedHashMap<String, Distribution>();
        all.put("constant", Distribution.of(0.37f, 0.37f, 0.37f));
        all.put("negative constant", Distribution.of(-12, -12));
        all.put("two values", Distribution.of(-0.75f, -0.75f, 0.5f));
        all.put("all zero", Distribution.of(new float[5]));
        all.put("bell", bell(40, x -> x));
        all.put("rectified", bell(40, x -> Math.max(0, x)));
        all.put("negative", bell(40, x -> -Math.abs(x) - 0.1));
        all.put("lopsided", bell(40, x -> x > 0 ? x * x * x : x / 3));
        all.put("one outlier", bell(40, x -> x > 2 ? 500 : x));
        all.put("denormal", bell(40, x -> x * 1e-42));
        all.put("huge", bell(40, x -> x * 1e30));
        all.put("few places", Distribution.of(1, 2, 3.5f, -7, -7, 11));
        all.put("weighted", weighted());
        all.put("summarised", bell(400, x -> x).coarse(30));
        return all;
    }

    private static Distribution bell(int count, DoubleUnaryOperator shape) {
        var random = new SplittableRandom(5);
        var samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) shape.applyAsDouble(random.nextGaussian());
        }
        return Distribution.of(samples);
    }

    private static Distribution weighted() {
        var random = new SplittableRandom(6);
        var samples = random.doubles(30).map(x -> x - 0.4).toArray();
        return Distribution.weighted(samples, random.doubles(30).map(x -> x * x * x).toArray());
    }
}
