package org.dyadic.simulators;

import static org.dyadic.simulators.Mapping.ceilDivide;

import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * What a layer moves, all its groups together.
 *
 * <p>Each buffer works in two halves: one serves the array while the other is filled or emptied. A
 * streaming operand that fits its half comes from off-chip memory once, else once for each fold of
 * the other one. A stationary operand comes once for each pass, or once if what a column of folds
 * holds of it fits. Overlapping windows are served from the buffer, so that an input element counts
 * once, however many windows it lies in. Results leave once, at the width of their code. Partial
 * sums stay in the output buffer at the width of the accumulator.
 *
 * @param weightReads words from the weight buffer; the same for activations
 * @param outputWords words to and from the output buffer
 */
record Traffic(
        long weightReads, long activationReads, long outputWords, long readBits, long writeBits) {

    static Traffic of(Mapping mapping, Machine machine, Workload layer) {
        var dataflow = mapping.dataflow();
        long rowStream = mapping.columnFolds() * mapping.steps() * mapping.spatialRows();
        long columnStream = mapping.rowFolds() * mapping.steps() * mapping.spatialColumns();
        long stationary = mapping.passes() * mapping.spatialRows() * mapping.spatialColumns();
        long results = (long) layer.m() * layer.n();
        // each fold but the first along k fetches the sums so far, each but the last puts them back
        long partials =
                dataflow == Dataflow.OUTPUT_STATIONARY ? 0 : 2 * (mapping.rowFolds() - 1) * results;

        long weightUses =
                switch (dataflow) {
                    case OUTPUT_STATIONARY -> columnStream;
                    case WEIGHT_STATIONARY -> stationary;
                    case INPUT_STATIONARY -> rowStream;
                    case ROW_STATIONARY -> throw Mapping.unknown(dataflow);
                };
        long activationUses = dataflow == Dataflow.INPUT_STATIONARY ? stationary : rowStream;

        var buffers = machine.buffers();
        long groups = layer.groups();
        long weightBits = layer.weightElements() * layer.weightBits();
        long inputBits = layer.inputElements() * layer.activationBits();
        // a group is a layer of its own, and only its share must fit
        long weightFetches =
                switch (dataflow) {
                    case OUTPUT_STATIONARY ->
                            fetches(weightBits / groups, buffers.weights(), mapping.rowFolds());
                    case WEIGHT_STATIONARY ->
                            fetches(
                                    weightBits / groups / mapping.columnFolds(),
                                    buffers.weights(),
                                    mapping.passes());
                    case INPUT_STATIONARY ->
                            fetches(weightBits / groups, buffers.weights(), mapping.columnFolds());
                    case ROW_STATIONARY -> throw Mapping.unknown(dataflow);
                };
        long inputFetches =
                dataflow == Dataflow.INPUT_STATIONARY
                        ? fetches(
                                inputBits / groups / mapping.columnFolds(),
                                buffers.activations(),
                                mapping.passes())
                        : fetches(inputBits / groups, buffers.activations(), mapping.columnFolds());
        return new Traffic(
                words(groups * weightUses * layer.weightBits()),
                words(groups * activationUses * layer.activationBits()),
                words(
                        groups * results * layer.outputBits()
                                + groups * partials * machine.datapath().accumulatorBits()),
                weightBits * weightFetches + inputBits * inputFetches,
                layer.outputElements() * layer.outputBits());
    }

    /** Bits in the half of a buffer that serves the array. */
    static long half(long bytes) {
        return bytes * Byte.SIZE / 2;
    }

    private static long fetches(long bits, long bufferBytes, long folds) {
        return bits <= half(bufferBytes) ? 1 : folds;
    }

    private static long words(long bits) {
        return ceilDivide(bits, Buffers.WORD_BITS);
    }
}
