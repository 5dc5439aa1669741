package org.dyadic.quantizers;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.quant.Clustering;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Grid;

/**
 * Finds the configurations of a space whose levels have the least squared error on a distribution,
 * each at its best scale.
 *
 * <p>Coordinate descent from several starts finds good ones. If the space is not too large, every
 * configuration is then held against a lower bound, and those not shown to be worse get their exact
 * best scale, most promising first: the result is the optimum of the space. What is found and
 * counted does not depend on the number of threads, because no limit moves while they run.
 */
final class SubsetSearch {

    private static final int STARTS = 8;

    /** So many configurations get their exact scale before the limit is looked at again. */
    private static final int BLOCK = 64;

    /** What sums of doubles lose, as a share of the power. */
    private static final double ROUNDING = 1e-13;

    /** A configuration with the error of its levels at their best scale, or a bound on that. */
    private record Rated(int[] picks, int[] levels, double error) {}

    /** A code, and the error of its levels at their best scale. */
    record Found(Encoding.PowerSum encoding, int[] levels, double squaredError) {}

    private final SubsetSpace space;
    private final Distribution data;
    private final int few;
    private final ErrorBound bound;
    private final List<Found> best = new ArrayList<>();
    private boolean exhaustive;
    private long evaluated;

    /**
     * @param few how many codes to find, which differ in their levels
     */
    SubsetSearch(SubsetSpace space, Distribution data, int few) {
        this.space = space;
        this.data = data;
        this.few = few;
        // Parabolas between so many scales lie about 1 % below the error of the best levels.
        this.bound = new ErrorBound(data, space.reach(), 64 * space.codes());
    }

    /**
     * The best few codes: of the whole space if it has no more configurations than the budget, else
     * of those that descent tries.
     */
    List<Found> best(long budget, long seed) {
        descend(seed);
        exhaustive = space.size() <= budget;
        if (exhaustive) {
            exhaust();
        }
        return List.copyOf(best);
    }

    /** What was done, and how far the best can be trusted; {@code note} states the objective. */
    Certificate certificate(String note) {
        long size = space.size();
        double error = best.get(0).squaredError();
        if (exhaustive) {
            return new Certificate(
                    size,
                    size - evaluated,
                    evaluated,
                    error,
                    error,
                    true,
                    "every configuration bounded or evaluated; " + note);
        }
        double free = Clustering.of(data, space.mostLevels()).lowerBound();
        return new Certificate(
                size,
                0,
                evaluated,
                error,
                Math.min(free, error),
                free >= error,
                "coordinate descent from %d starts, as the space exceeds the budget; the lower bound "
                                .formatted(STARTS)
                        + "is that of any %d levels; ".formatted(space.mostLevels())
                        + note);
    }

    /** The error that a configuration must stay below to count. */
    private double limit() {
        return best.size() < few
                ? Double.POSITIVE_INFINITY
                : best.get(few - 1).squaredError() - ROUNDING * data.power();
    }

    private void keep(Rated rated) {
        var encoding = space.encoding(rated.picks());
        int[] levels = Grid.levelsOf(encoding);
        if (best.stream().noneMatch(found -> Arrays.equals(found.levels(), levels))) {
            best.add(new Found(encoding, levels, rated.error()));
            best.sort(Comparator.comparingDouble(Found::squaredError));
            best.subList(Math.min(few, best.size()), best.size()).clear();
        }
    }

    private void descend(long seed) {
        var tried = new HashSet<IntBuffer>();
        Stream.generate(new SplittableRandom(seed)::split).limit(STARTS).toList().parallelStream()
                .map(this::trail)
                .toList()
                .forEach(
                        trail -> {
                            for (var rated : trail) {
                                tried.add(IntBuffer.wrap(rated.levels()));
                                if (rated.error() < limit()) {
                                    keep(rated);
                                }
                            }
                        });
        evaluated = tried.size();
    }

    /**
     * What one descent tries: in turn, each subset takes the content that is best with the others
     * as they are, until none changes.
     */
    private List<Rated> trail(SplittableRandom random) {
        var levels = space.levelSet();
        int[] picks = space.random(random);
        int n = picks.length;
        levels.become(space.sums(picks, n), new int[1]);
        var trail = new ArrayList<Rated>();
        double error = exact(picks, levels.toArray(), Double.POSITIVE_INFINITY, trail);
        int settled = 0;
        for (int subset = 0; settled < n; subset = (subset + 1) % n) {
            int[] terms = space.sums(picks, subset);
            int held = picks[subset];
            settled++;
            for (int pick = 0; pick < space.choices(subset).length; pick++) {
                levels.become(terms, space.choices(subset)[pick]);
                if (space.admits(levels) && bound.of(levels, error) < error) {
                    picks[subset] = pick;
                    double next = exact(picks, levels.toArray(), error, trail);
                    if (next < error) {
                        error = next;
                        held = pick;
                        settled = 1;
                    }
                }
            }
            picks[subset] = held;
        }
        return trail;
    }

    private double exact(int[] picks, int[] levels, double limit, List<Rated> trail) {
        trail.add(exact(new Rated(picks.clone(), levels, 0), limit));
        return trail.get(trail.size() - 1).error();
    }

    /** With the error at the best scale, or an infinite one if it is not below the limit. */
    private Rated exact(Rated rated, double limit) {
        return new Rated(
                rated.picks(),
                rated.levels(),
                data.bestScaleBelow(rated.levels(), limit)
                        .map(fit -> fit.squaredError())
                        .orElse(Double.POSITIVE_INFINITY));
    }

    private void exhaust() {
        double start = limit();
        var open =
                space.prefixes().parallelStream()
                        .flatMap(prefix -> open(prefix, start))
                        .sorted(
                                Comparator.comparingDouble(Rated::error)
                                        .thenComparing(Rated::levels, Arrays::compare))
                        .toList();
        var distinct = distinct(open);
        evaluated = 0;
        for (int from = 0; from < distinct.size(); from += BLOCK) {
            double limit = limit();
            if (distinct.get(from).error() >= limit) {
                break;
            }
            var block = distinct.subList(from, Math.min(from + BLOCK, distinct.size()));
            block.parallelStream().map(rated -> exact(rated, limit)).toList().stream()
                    .filter(rated -> rated.error() < limit)
                    .forEach(this::keep);
            evaluated += block.size();
        }
    }

    /** Of several configurations with the same levels, which stand together, the first. */
    private static List<Rated> distinct(List<Rated> sorted) {
        return IntStream.range(0, sorted.size())
                .filter(
                        i ->
                                i == 0
                                        || !Arrays.equals(
                                                sorted.get(i).levels(), sorted.get(i - 1).levels()))
                .mapToObj(sorted::get)
                .toList();
    }

    /** Of the configurations that begin alike, those whose bound is below a limit. */
    private Stream<Rated> open(int[] prefix, double limit) {
        int last = prefix.length;
        int[] terms = space.sums(prefix, last);
        boolean top = IntStream.range(0, last).anyMatch(i -> space.usesTop(i, prefix[i]));
        var levels = space.levelSet();
        var open = new ArrayList<Rated>();
        int from = space.repeats(last) ? prefix[last - 1] : 0;
        for (int pick = from; pick < space.choices(last).length; pick++) {
            if (!top && !space.usesTop(last, pick)) {
                continue; // the same as another, shifted
            }
            levels.become(terms, space.choices(last)[pick]);
            double error = space.admits(levels) ? bound.of(levels, limit) : limit;
            if (error < limit) {
                int[] picks = Arrays.copyOf(prefix, last + 1);
                picks[last] = pick;
                open.add(new Rated(picks, levels.toArray(), error));
            }
        }
        return open.stream();
    }
}
