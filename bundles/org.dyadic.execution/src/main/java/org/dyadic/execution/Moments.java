package org.dyadic.execution;

import java.util.List;

/**
 * Sums of a wanted and a given number over many places, for the line that brings one nearest to the
 * other.
 */
final class Moments {

    private double count;
    private double wanted;
    private double given;
    private double product;
    private double square;

    void add(double want, double give) {
        count++;
        wanted += want;
        given += give;
        product += want * give;
        square += give * give;
    }

    private double covariance() {
        return product - wanted * given / count;
    }

    private double variance() {
        return square - given * given / count;
    }

    /** The slope of the least-squares line; 1 where there is nothing to tell a slope from. */
    double gain() {
        return gain(List.of(this));
    }

    /** One slope for several, each with an offset of its own. */
    static double gain(List<Moments> several) {
        double variance = several.stream().mapToDouble(Moments::variance).sum();
        double gain = several.stream().mapToDouble(Moments::covariance).sum() / variance;
        // A gain beyond a factor of two corrects nothing: the channel is all noise.
        return gain >= 0.5 && gain <= 2 ? gain : 1;
    }

    /** What is to be added after the gain, so that the means agree. */
    double offset(double gain) {
        return (wanted - gain * given) / count;
    }
}
