package org.dyadic.simulators.scalesim;

import static org.dyadic.simulators.scalesim.Folds.ceilDivide;

import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * A layer under SCALE-Sim's {@code InterfaceBandwidth: USER}, cycle by cycle, as stalls move all
 * that comes after them. Each memory has its own interface of so many elements a cycle.
 */
final class FiniteBandwidth {

    private final Folds folds;
    private final int bandwidth;
    private final boolean stallsTwice;
    private final Input ifmap;
    private final Input filter;
    private final Output ofmap;
    private long stalls;

    /**
     * @param bandwidth in elements of a byte a cycle, of each interface
     * @param stallsTwice whether the wait for a fill is added twice, and a fill that is early makes
     *     up for it, as in version 3 and not in version 2
     */
    static LayerFigures figures(
            Machine machine, Workload layer, int bandwidth, boolean stallsTwice) {
        FiniteBandwidth stepped;
        try {
            stepped = new FiniteBandwidth(machine, layer, bandwidth, stallsTwice);
        } catch (ArithmeticException moreThanAnArrayHolds) {
            throw new IllegalArgumentException(
                    "layer "
                            + layer.layer()
                            + " is too large to be stepped through; use the simulator scale-sim");
        }
        return stepped.figures();
    }

    private FiniteBandwidth(Machine machine, Workload layer, int bandwidth, boolean stallsTwice) {
        this.folds = Folds.of(machine, layer);
        this.bandwidth = bandwidth;
        this.stallsTwice = stallsTwice;
        this.ifmap =
                new Input(Operand.IFMAP, Elements.ofInput(layer), machine.buffers().activations());
        this.filter =
                new Input(Operand.FILTER, Elements.ofWeights(layer), machine.buffers().weights());
        this.ofmap = new Output(machine.buffers().outputs());
    }

    private LayerFigures figures() {
        long line = 0;
        for (long fold = 0; fold < folds.count(); fold++) {
            long rowFold = fold % folds.rowFolds();
            long columnFold = fold / folds.rowFolds();
            ifmap.enter(rowFold, columnFold);
            filter.enter(rowFold, columnFold);
            ofmap.enter(rowFold, columnFold);
            for (long local = 0; local < folds.cycles(); local++, line++) {
                long cycle = line + stalls;
                long late =
                        Math.max(
                                Math.max(ifmap.serve(local, cycle), filter.serve(local, cycle)),
                                ofmap.serve(local, cycle));
                stalls += late;
            }
        }
        ofmap.empty();
        return LayerFigures.of(
                folds,
                ofmap.latest,
                stalls,
                ifmap.served(),
                filter.served(),
                new Transfer(ofmap.first, ofmap.last, new Demand(folds, Operand.OFMAP).count()),
                ifmap.fetched(),
                filter.fetched(),
                ofmap.written());
    }

    /** A read buffer and its interface. */
    private final class Input {

        private final Operand operand;
        private final Elements elements;

        /** The order in which elements are fetched, those that are none left out. */
        private final int[] order;

        private final int set;
        private final int sets;
        private final int activeSets;
        private final int prefetchSets;
        private final long linesOfFill;

        /** The last window of sets that held an element. */
        private final int[] stamps;

        private int window;
        private int start;
        private long lastFill;
        private long accesses;
        private final long firstLines;

        private Wave wave;
        private long rowFold;
        private long columnFold;
        private long first = -1;
        private long last;
        private long requests;

        Input(Operand operand, Elements elements, long bytes) {
            this.operand = operand;
            this.elements = elements;
            long active = bytes - bytes / 2;
            long spare = bytes / 2;
            this.set = Math.toIntExact((bytes + 99) / 100);
            var fetching = new Fetching(folds, operand, elements);
            this.order = fetching.order();
            this.sets = order.length / set + 1;
            this.activeSets = (int) Math.min(sets, ceilDivide(active, set));
            this.prefetchSets = (int) Math.min(sets - activeSets, ceilDivide(spare, set));
            this.stamps = new int[elements.size()];
            this.firstLines =
                    Math.min(
                            ceilDivide(active, bandwidth),
                            ceilDivide(fetching.length(), bandwidth));
            this.linesOfFill = ceilDivide(spare, bandwidth);
            this.accesses = firstLines * bandwidth;
            this.lastFill = -1;
            activate();
        }

        private void activate() {
            window++;
            for (int i = 0; i < activeSets; i++) {
                int at = (start + i) % sets;
                int end = (int) Math.min(order.length, (at + 1L) * set);
                for (int element = at * set; element < end; element++) {
                    stamps[order[element]] = window;
                }
            }
        }

        void enter(long rowFold, long columnFold) {
            this.rowFold = rowFold;
            this.columnFold = columnFold;
            this.wave = operand.wave(folds, folds.rowsUsed(rowFold), folds.columnsUsed(columnFold));
        }

        /** Serves the requests of a cycle; says how late they are. */
        long serve(long local, long cycle) {
            long passed = local - wave.start();
            long from = wave.slanted() ? Math.max(0, passed - wave.steps() + 1) : 0;
            long to =
                    wave.slanted()
                            ? Math.min(wave.lanes() - 1, passed)
                            : passed >= 0 && passed < wave.steps() ? wave.lanes() - 1 : -1;
            long offset = LayerFigures.HIT;
            boolean asked = false;
            for (long lane = from; lane <= to; lane++) {
                requests++;
                int element = element(lane, wave.slanted() ? passed - lane : passed);
                if (element >= 0) {
                    asked = true;
                    while (stamps[element] != window) {
                        fill();
                        long wait = lastFill - (cycle + offset);
                        if (stallsTwice) {
                            offset += wait;
                        }
                        offset += Math.max(0, wait);
                    }
                }
            }
            if (asked) {
                last = cycle + offset;
                first = first < 0 ? last : first;
            }
            return offset - LayerFigures.HIT;
        }

        private int element(long lane, long step) {
            long row = rowFold * folds.rows();
            long column = columnFold * folds.columns();
            if (!wave.slanted()) {
                long across = row + folds.rowsUsed(rowFold) - 1 - step;
                return operand == Operand.FILTER
                        ? elements.at(across, column + lane)
                        : elements.at(column + lane, across);
            }
            return switch (folds.dataflow()) {
                case OUTPUT_STATIONARY ->
                        operand == Operand.IFMAP
                                ? elements.at(row + lane, step)
                                : elements.at(step, column + lane);
                case WEIGHT_STATIONARY -> elements.at(step, row + lane);
                case INPUT_STATIONARY -> elements.at(row + lane, step);
                case ROW_STATIONARY -> throw Folds.notSystolic();
            };
        }

        private void fill() {
            start = (start + prefetchSets) % sets;
            accesses += linesOfFill * bandwidth;
            lastFill += linesOfFill + ReadBuffer.LATENCY;
            activate();
        }

        Transfer served() {
            return new Transfer(first, last, requests);
        }

        Transfer fetched() {
            return new Transfer(-firstLines, lastFill, accesses);
        }
    }

    /** The write buffer and its interface. */
    private final class Output {

        private final long reserve;
        private final WriteBuffer.Lines lines;
        private Wave wave;
        private long first = -1;
        private long last;
        private long latest;
        private long cycleOfLastLine;

        Output(long bytes) {
            this.reserve = bytes - bytes / 2;
            this.lines = new WriteBuffer.Lines(bytes, bandwidth);
        }

        void enter(long rowFold, long columnFold) {
            this.wave =
                    Operand.OFMAP.wave(
                            folds, folds.rowsUsed(rowFold), folds.columnsUsed(columnFold));
        }

        long serve(long local, long cycle) {
            long passed = local - wave.start();
            long results =
                    Math.min(wave.lanes() - 1, passed) - Math.max(0, passed - wave.steps() + 1) + 1;
            long now = cycle;
            for (long i = 0; i < results; i++) {
                lines.store(1);
                if (now < lines.drainEnd()) {
                    if (lines.free() <= 0) {
                        now = lines.drainEnd();
                    }
                } else if (lines.free() < reserve) {
                    lines.close();
                    lines.drain(now);
                }
            }
            if (results > 0) {
                last = now;
                first = first < 0 ? now : first;
            }
            latest = Math.max(latest, now);
            cycleOfLastLine = now;
            return now - cycle;
        }

        void empty() {
            lines.empty(cycleOfLastLine);
        }

        Transfer written() {
            return lines.transfer();
        }
    }
}
