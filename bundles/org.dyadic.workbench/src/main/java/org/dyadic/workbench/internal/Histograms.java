package org.dyadic.workbench.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.report.Histogram;
import org.dyadic.api.report.TensorResult;
import org.dyadic.execution.LayerPolicy;

/** Turns what a quantizer saw and answered into what a report shows. */
final class Histograms {

    private static final int BINS = 120;

    private Histograms() {}

    /**
     * @param fit with the error that the quantizer expects of it, each value at its nearest level
     * @param grid as the layer runs with it: calibration may have changed the scales of the fit
     * @param standIn true if the quantizer saw a stand-in instead of the tensor; then there is no
     *     histogram and no error to tell
     */
    static TensorResult tensor(
            LayerPolicy.Choice choice,
            Observation seen,
            Fit fit,
            Optional<Grid> grid,
            boolean standIn) {
        return new TensorResult(
                choice.id(),
                choice.settings().toString(),
                fit.encoding().bits(),
                fit.encoding().describe() + (standIn ? ", fitted to a stand-in distribution" : ""),
                fit instanceof Fit.Quantized quantized && !standIn
                        ? seen.sqnr(quantized.squaredError())
                        : Optional.empty(),
                grid.map(g -> Arrays.stream(g.levels()).boxed().toList()).orElse(List.of()),
                grid.map(g -> Arrays.stream(g.scales()).boxed().toList()).orElse(List.of()),
                fit instanceof Fit.Quantized quantized ? quantized.certificate() : Optional.empty(),
                standIn
                        ? new Histogram(0, 0, List.of())
                        : grid.map(g -> inLevels(seen, g)).orElseGet(() -> plain(seen.all())));
    }

    /** The samples of every channel in units of its scale. */
    private static Histogram inLevels(Observation seen, Grid grid) {
        double reach = 1.25 * Math.max(1, grid.absMax());
        double low = seen.all().min() < 0 || grid.min() < 0 ? -reach : 0;
        var counts = new double[BINS];
        if (grid.perChannel()) {
            for (int channel = 0; channel < seen.channels().size(); channel++) {
                count(seen.channels().get(channel), grid.scale(channel), low, reach, counts);
            }
        } else {
            count(seen.all(), grid.scale(0), low, reach, counts);
        }
        return histogram(low, reach, counts);
    }

    private static Histogram plain(Distribution samples) {
        double low = samples.min();
        double high = samples.max() > low ? samples.max() : low + 1;
        var counts = new double[BINS];
        count(samples, 1, low, high, counts);
        return histogram(low, high, counts);
    }

    /** What lies beyond the ends is counted in the last interval on that side. */
    private static void count(
            Distribution samples, double scale, double low, double high, double[] counts) {
        for (int i = 0; i < samples.size(); i++) {
            double x = (samples.value(i) / scale - low) / (high - low) * BINS;
            counts[(int) Math.max(0, Math.min(BINS - 1, x))] += samples.weight(i);
        }
    }

    private static Histogram histogram(double low, double high, double[] counts) {
        return new Histogram(low, high, Arrays.stream(counts).mapToObj(Math::round).toList());
    }
}
