package org.dyadic.api.quant;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Tensors as they come, and as they had better not come. */
final class Samples {

    private Samples() {}

    static Map<String, float[]> all() {
        var all = new LinkedHashMap<String, float[]>();
        all.put("bell-shaped", bell(4000, 1));
        all.put("Laplace", laplace(4000, 1));
        all.put("rectified", rectified(4000));
        all.put("uniform", uniform(4000));
        all.put("two values", repeated(-0.75f, 0.5f));
        all.put("two far values", repeated(1e-3f, 1e3f));
        all.put("constant", repeated(0.37f));
        all.put("constant negative", repeated(-12.5f));
        all.put("all zero", new float[1000]);
        all.put("one sample", new float[] {0.3f});
        all.put("single outlier", with(bell(4000, 1), 40));
        all.put("wild outlier", with(bell(4000, 1), 1e30f));
        all.put("tiny", bell(4000, 1e-38));
        all.put("huge", bell(4000, 1e30));
        all.put("smallest floats", repeated(Float.MIN_VALUE, -Float.MIN_VALUE, 0));
        all.put("largest floats", repeated(Float.MAX_VALUE, -Float.MAX_VALUE, 0));
        all.put("mostly zeros", with(new float[4000], 0.3f, 0.31f, 2));
        all.put("negative alone", negative(laplace(4000, 1)));
        all.put("mixed scales", mixed());
        all.put("signed zeros", repeated(-0f, 0f, 1));
        return all;
    }

    static float[] bell(int n, double deviation) {
        var random = new Random(11);
        var samples = new float[n];
        for (int i = 0; i < n; i++) {
            samples[i] = (float) (deviation * random.nextGaussian());
        }
        return samples;
    }

    static float[] laplace(int n, double scale) {
        var random = new Random(12);
        var samples = new float[n];
        for (int i = 0; i < n; i++) {
            double magnitude = -scale * Math.log(1 - random.nextDouble());
            samples[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
        }
        return samples;
    }

    static float[] rectified(int n) {
        var samples = bell(n, 1);
        for (int i = 0; i < n; i++) {
            samples[i] = Math.max(0, samples[i]);
        }
        return samples;
    }

    private static float[] uniform(int n) {
        var random = new Random(13);
        var samples = new float[n];
        for (int i = 0; i < n; i++) {
            samples[i] = random.nextFloat() - 0.3f;
        }
        return samples;
    }

    private static float[] negative(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = -Math.abs(samples[i]) - 0.01f;
        }
        return samples;
    }

    private static float[] mixed() {
        var random = new Random(14);
        var samples = new float[3000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (random.nextGaussian() * Math.pow(10, i % 3 - 1));
        }
        return samples;
    }

    private static float[] repeated(float... values) {
        var samples = new float[999];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = values[i % values.length];
        }
        return samples;
    }

    private static float[] with(float[] samples, float... extra) {
        var all = Arrays.copyOf(samples, samples.length + extra.length);
        System.arraycopy(extra, 0, all, samples.length, extra.length);
        return all;
    }
}
