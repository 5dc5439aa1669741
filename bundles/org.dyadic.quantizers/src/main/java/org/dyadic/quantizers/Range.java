package org.dyadic.quantizers;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.ScaleFit;
import org.dyadic.api.quant.Selection;

/** A rule for what consecutive integer levels, zero among them, should span. */
sealed interface Range {

    /** The scale of levels, with the error it gives. */
    ScaleFit scale(Distribution samples, int[] levels);

    /** Which of so many levels should be zero, counted from the lowest; the first of the best. */
    int zeroPoint(Distribution samples, int levels);

    /** The scale of least squared error, found exactly. */
    record Searched() implements Range {

        @Override
        public ScaleFit scale(Distribution samples, int[] levels) {
            return samples.bestScale(levels);
        }

        @Override
        public int zeroPoint(Distribution samples, int levels) {
            var candidates =
                    IntStream.range(0, levels)
                            .mapToObj(zero -> IntStream.range(-zero, levels - zero).toArray())
                            .toList();
            return Selection.of(samples, candidates).index();
        }
    }

    /** The scale of least squared error for levels that are too many for a search. */
    record Fine() implements Range {

        @Override
        public ScaleFit scale(Distribution samples, int[] levels) {
            double scale = new FineRange(samples).scale(levels[0], levels[levels.length - 1]);
            return rated(samples, levels, scale);
        }

        @Override
        public int zeroPoint(Distribution samples, int levels) {
            return new FineRange(samples).zeroPoint(levels);
        }
    }

    /**
     * The smallest scale at which levels span a share of the samples, by magnitude; all of them,
     * where that share is zeros.
     */
    record Spanned(double share) implements Range {

        @Override
        public ScaleFit scale(Distribution samples, int[] levels) {
            double scale = Reach.of(samples, share).scale(levels[0], levels[levels.length - 1]);
            return rated(samples, levels, scale);
        }

        @Override
        public int zeroPoint(Distribution samples, int levels) {
            var reach = Reach.of(samples, share);
            return IntStream.range(0, levels)
                    .boxed()
                    .min(Comparator.comparingDouble(i -> reach.scale(-i, levels - 1 - i)))
                    .orElseThrow();
        }

        /** How far samples reach on either side of zero. */
        private record Reach(double below, double above) {

            static Reach of(Distribution samples, double share) {
                double quantile = samples.magnitudeQuantile(share);
                double reach = quantile > 0 ? quantile : samples.absMax();
                return new Reach(
                        Math.max(0, Math.min(reach, -samples.min())),
                        Math.max(0, Math.min(reach, samples.max())));
            }

            /** Zero if there is nothing to span, infinite if levels lack a sign that it has. */
            double scale(int lowest, int highest) {
                return Math.max(below > 0 ? below / -lowest : 0, above > 0 ? above / highest : 0);
            }
        }
    }

    /** A scale with its error; where none means anything, one that is next to nothing. */
    private static ScaleFit rated(Distribution samples, int[] levels, double scale) {
        return scale > 0
                ? new ScaleFit(scale, samples.squaredError(levels, scale))
                : samples.bestScale(levels);
    }
}
