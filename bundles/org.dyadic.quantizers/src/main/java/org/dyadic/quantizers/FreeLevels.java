package org.dyadic.quantizers;

import java.util.Arrays;
import org.dyadic.api.quant.Clustering;
import org.dyadic.api.quant.Distribution;

/**
 * What any so many levels could do at best, whether or not sums of powers of two can reach them.
 */
final class FreeLevels {

    /** With more places than this, the samples are spread over so many. */
    private static final int PLACES = 1 << 13;

    private FreeLevels() {}

    /**
     * A mean squared error that no set of so many levels goes below.
     *
     * <p>Many samples are first spread over equal steps, each onto its two neighbours so that its
     * mean stays. That never adds to the error less the power, which is a concave function of a
     * sample (Jensen), and so the bound stays one.
     */
    static double errorOf(Distribution data, int levels) {
        if (data.size() <= PLACES || data.min() == data.max()) {
            return Clustering.of(data, levels).squaredError();
        }
        double step = (data.max() - data.min()) / (PLACES - 1);
        var places = new double[PLACES];
        Arrays.setAll(places, i -> data.min() + i * step);
        var weights = new double[PLACES];
        for (int i = 0; i < data.size(); i++) {
            double at = (data.value(i) - data.min()) / step;
            int place = Math.min((int) at, PLACES - 2);
            weights[place] += data.weight(i) * (place + 1 - at);
            weights[place + 1] += data.weight(i) * Math.max(0, at - place);
        }
        Arrays.setAll(weights, i -> Math.max(0, weights[i]));
        var spread = Distribution.weighted(places, weights);
        double added = spread.power() - data.power();
        return Math.max(0, Clustering.of(spread, levels).squaredError() - added);
    }
}
