package org.dyadic.simulators.cycle;

import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/** What passes between the buffers and the edges of the array, counted fold by fold, in words. */
final class Traffic {

    private long weights;
    private long activations;
    private long results;
    private long partialSums;

    private final Machine machine;
    private final Workload layer;

    Traffic(Machine machine, Workload layer, Folds folds) {
        this.machine = machine;
        this.layer = layer;
        folds.forEach(fold -> count(folds, fold));
    }

    private void count(Folds folds, Folds.Fold fold) {
        long fromLeft = (long) fold.rows() * folds.steps();
        long acrossTheColumns = (long) fold.columns() * folds.steps();
        long held = (long) fold.rows() * fold.columns();
        switch (folds.dataflow()) {
            case OUTPUT_STATIONARY -> {
                activations += fromLeft;
                weights += acrossTheColumns;
                results += held;
            }
            case WEIGHT_STATIONARY -> {
                activations += fromLeft;
                weights += held;
                sums(folds, fold, acrossTheColumns);
            }
            default -> {
                weights += fromLeft;
                activations += held;
                sums(folds, fold, acrossTheColumns);
            }
        }
    }

    /** Every fold but the first gets the sums so far, every one but the last gives them back. */
    private void sums(Folds folds, Folds.Fold fold, long passing) {
        partialSums += fold.top() > 0 ? passing : 0;
        if (fold.top() + fold.rows() < folds.alongRows()) {
            partialSums += passing;
        } else {
            results += passing;
        }
    }

    long weightReads() {
        return words(weights * layer.weightBits());
    }

    long activationReads() {
        return words(activations * layer.activationBits());
    }

    long outputWrites() {
        int sumBits = Math.max(machine.sumBits(), layer.outputBits());
        return words(results * layer.outputBits() + partialSums * sumBits);
    }

    private long words(long bitsOfGroup) {
        return (layer.groups() * bitsOfGroup + Buffers.WORD_BITS - 1) / Buffers.WORD_BITS;
    }
}
