package org.dyadic.simulators.scalesim;

import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * All that SCALE-Sim reports of a layer, or of one group of it.
 *
 * @param cycles one fewer than computing and waiting take, as it prints them (its issue 125)
 * @param stalls of these, cycles of waiting
 * @param utilisation in percent, of all cycles; {@code mapping}: of the array by folds; {@code
 *     compute}: of the cycles of a fold, among which it counts the columns twice unless outputs
 *     stay
 */
record LayerFigures(
        long cycles,
        long stalls,
        double utilisation,
        double mapping,
        double compute,
        Transfer ifmapSram,
        Transfer filterSram,
        Transfer ofmapSram,
        Transfer ifmapDram,
        Transfer filterDram,
        Transfer ofmapDram) {

    /** Cycles from the request to the answer of a read buffer. */
    static final int HIT = 1;

    /** Without stalls: off-chip memory is as fast as need be. */
    static LayerFigures of(Machine machine, Workload layer) {
        var folds = Folds.of(machine, layer);
        var ifmap = new Demand(folds, Operand.IFMAP);
        var filter = new Demand(folds, Operand.FILTER);
        var ofmap = new Demand(folds, Operand.OFMAP);
        long cycles = folds.count() * folds.cycles() - 1;

        var ifmapBuffer = ReadBuffer.of(machine.buffers().activations());
        var filterBuffer = ReadBuffer.of(machine.buffers().weights());
        long lastIfmap = ifmap.cycle(ifmap.count() - 1);
        Misses ifmapMisses;
        var patches = layer.sliding().map(image -> new Patches(layer, image));
        if (patches.isPresent() && patches.get().overlapping()) {
            ifmapMisses = patches.get().misses(folds, ifmapBuffer.capacity());
            lastIfmap = patches.get().lastRequest(folds);
        } else {
            ifmapMisses = Misses.ofMatrix(ifmap, folds, Operand.IFMAP, ifmapBuffer.capacity());
        }
        var filterMisses = Misses.ofMatrix(filter, folds, Operand.FILTER, filterBuffer.capacity());
        return of(
                folds,
                cycles,
                0,
                new Transfer(ifmap.cycle(0) + HIT, lastIfmap + HIT, ifmap.count()),
                new Transfer(
                        filter.cycle(0) + HIT,
                        filter.cycle(filter.count() - 1) + HIT,
                        filter.count()),
                new Transfer(ofmap.cycle(0), ofmap.cycle(ofmap.count() - 1), ofmap.count()),
                ifmapBuffer.transfer(ifmapMisses, ifmap.cycle(0)),
                filterBuffer.transfer(filterMisses, filter.cycle(0)),
                WriteBuffer.transfer(ofmap, machine.buffers().outputs(), folds.columns(), cycles));
    }

    /** What is printed of requests and cycles, whatever made them so many. */
    static LayerFigures of(
            Folds folds,
            long cycles,
            long stalls,
            Transfer ifmapSram,
            Transfer filterSram,
            Transfer ofmapSram,
            Transfer ifmapDram,
            Transfer filterDram,
            Transfer ofmapDram) {
        double elements = (double) folds.rows() * folds.columns();
        double products = (double) folds.spatialRows() * folds.spatialColumns() * folds.steps();
        double mapping =
                (double) folds.spatialRows() * folds.spatialColumns() / (folds.count() * elements);
        return new LayerFigures(
                cycles,
                stalls,
                100 * products / (cycles * elements),
                100 * mapping,
                100 * mapping * folds.steps() / cyclesCounted(folds),
                ifmapSram,
                filterSram,
                new Transfer(ofmapSram.start(), ofmapSram.stop(), writes(folds, ofmapSram.count())),
                ifmapDram,
                filterDram,
                ofmapDram);
    }

    private static long cyclesCounted(Folds folds) {
        return folds.dataflow() == Dataflow.OUTPUT_STATIONARY
                ? folds.cycles()
                : folds.cycles() + folds.columns() - 1;
    }

    /** Rows and columns are added once a fold where outputs stay: a slip of the program. */
    private static long writes(Folds folds, long results) {
        return folds.dataflow() == Dataflow.OUTPUT_STATIONARY
                ? results + folds.count() * (folds.rows() + folds.columns())
                : results;
    }

    /** From the first element fetched to the last result written. */
    long cyclesWithPrefetch() {
        return ofmapDram.stop() - Math.min(ifmapDram.start(), filterDram.start());
    }
}
