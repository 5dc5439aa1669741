package org.dyadic.execution;

import java.util.List;

/**
 * How samples of 0 to 255 become the input of a network: (sample - mean) / deviation, channel by
 * channel.
 */
public record Normalisation(List<Double> mean, List<Double> deviation) {

    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || deviation.isEmpty()) {
            throw new IllegalArgumentException("a normalisation needs a mean and a deviation");
        }
        if (!mean.stream().allMatch(Double::isFinite)
                || !deviation.stream().allMatch(d -> d > 0 && Double.isFinite(d))) {
            throw new IllegalArgumentException(
                    "a mean is finite and a deviation positive, was " + mean + ", " + deviation);
        }
    }

    /** Samples as they are. */
    public static Normalisation none() {
        return new Normalisation(List.of(0.0), List.of(1.0));
    }

    /** The input for a sample of 0 to 255. */
    public float apply(int channel, int sample) {
        return (float) ((sample - at(mean, channel)) / at(deviation, channel));
    }

    /** The input for a whole image. */
    public float[] apply(byte[] image, int channels) {
        int plane = image.length / channels;
        var input = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            input[i] = apply(i / plane, image[i] & 0xff);
        }
        return input;
    }

    /** The largest magnitude an input can have. */
    double magnitude(int channels) {
        double largest = 0;
        for (int channel = 0; channel < channels; channel++) {
            largest =
                    Math.max(
                            largest,
                            Math.max(Math.abs(apply(channel, 0)), Math.abs(apply(channel, 255))));
        }
        return largest;
    }

    private static double at(List<Double> numbers, int channel) {
        return numbers.get(numbers.size() == 1 ? 0 : channel);
    }
}
