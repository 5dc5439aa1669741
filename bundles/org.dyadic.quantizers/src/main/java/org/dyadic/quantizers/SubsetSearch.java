package org.dyadic.quantizers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.quant.Distribution;

/**
 * Looks for the subsets whose levels suit a distribution best. A space of moderate size is tried
 * whole; a larger one by coordinate descent: one subset at a time, over all its contents, from
 * several starts.
 */
final class SubsetSearch {

    /** The largest space that is tried whole; 4-bit universal with six exponents has 255,970. */
    private static final double WHOLE = 400_000;

    private static final int STARTS = 8;

    /** A level set whose error is what the quick scale search says. */
    private record Candidate(int[] picks, int[] levels, double error) {}

    private final SubsetSpace space;
    private final Distribution distribution;
    private final SplittableRandom random;
    private final double[] reaches;
    private final PriorityQueue<Candidate> kept =
            new PriorityQueue<>(Comparator.comparingDouble(Candidate::error).reversed());
    private long evaluated;

    SubsetSearch(SubsetSpace space, Distribution distribution, long seed) {
        this.space = space;
        this.distribution = distribution;
        this.random = new SplittableRandom(seed);
        // Where the outermost level may start: short of the far tail, and near its end.
        this.reaches = new double[] {reach(distribution, 0.985), reach(distribution, 0.999)};
    }

    /** Where a share of the weight ends; the largest magnitude if that share is all zeros. */
    private static double reach(Distribution distribution, double share) {
        double magnitude = distribution.magnitudeQuantile(share);
        return magnitude > 0 ? magnitude : distribution.absMax();
    }

    /** The subsets of the best few distinct level sets, best first. */
    List<List<List<Integer>>> best(int few) {
        if (space.size() <= WHOLE) {
            whole(new int[space.choices().size()], 0, few);
        } else {
            for (int start = 0; start < STARTS; start++) {
                descend(few);
            }
        }
        return kept.stream()
                .sorted(Comparator.comparingDouble(Candidate::error))
                .map(candidate -> space.subsets(candidate.picks()))
                .toList();
    }

    Certificate certificate() {
        long candidates = (long) Math.min(space.size(), 1e18);
        boolean whole = space.size() <= WHOLE;
        return new Certificate(
                candidates,
                0,
                Math.min(evaluated, candidates),
                kept.stream().mapToDouble(Candidate::error).min().orElse(0),
                0,
                false,
                whole
                        ? "every subset configuration tried, scales by local search: not proven optimal"
                        : "coordinate descent over subsets, scales by local search: not proven optimal");
    }

    private void whole(int[] picks, int subset, int few) {
        if (subset == picks.length) {
            if (space.normalised(picks)) {
                keep(picks, few);
            }
            return;
        }
        int from = subset > 0 && space.interchangeable(subset - 1, subset) ? picks[subset - 1] : 0;
        for (int pick = from; pick < space.choices().get(subset).size(); pick++) {
            picks[subset] = pick;
            whole(picks, subset + 1, few);
        }
    }

    private void descend(int few) {
        int n = space.choices().size();
        int[] picks = new int[n];
        for (int i = 0; i < n; i++) {
            picks[i] = random.nextInt(space.choices().get(i).size());
        }
        double best = keep(picks, few);
        boolean better = true;
        while (better) {
            better = false;
            for (int i = 0; i < n; i++) {
                int held = picks[i];
                for (int pick = 0; pick < space.choices().get(i).size(); pick++) {
                    picks[i] = pick;
                    double error = keep(picks, few);
                    if (error < best) {
                        best = error;
                        held = pick;
                        better = true;
                    }
                }
                picks[i] = held;
            }
        }
    }

    /** Tries a configuration, keeps it if it is among the best few, and returns its error. */
    private double keep(int[] picks, int few) {
        evaluated++;
        int[] levels = space.levels(picks);
        double error = error(levels);
        if (kept.size() < few || error < kept.peek().error()) {
            boolean known =
                    kept.stream().anyMatch(candidate -> Arrays.equals(candidate.levels(), levels));
            if (!known) {
                kept.add(new Candidate(picks.clone(), levels, error));
                if (kept.size() > few) {
                    kept.poll();
                }
            }
        }
        return error;
    }

    /** The error at a scale found quickly: a few turns of least squares from two starts. */
    private double error(int[] levels) {
        int low = levels[0];
        int high = levels[levels.length - 1];
        double top = distribution.min() < 0 ? Math.max(-low, high) : high;
        if (top <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double best = Double.POSITIVE_INFINITY;
        for (double reach : reaches) {
            if (reach > 0) {
                best = Math.min(best, distribution.refine(levels, reach / top, 3).squaredError());
            }
        }
        return reaches[1] > 0 ? best : distribution.squaredError(levels, Float.MIN_NORMAL);
    }
}
