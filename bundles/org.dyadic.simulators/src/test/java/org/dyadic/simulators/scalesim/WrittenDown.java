package org.dyadic.simulators.scalesim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * A layer as plainly as can be: every request of every cycle is written down, and buffers go
 * through them element by element. The slow twin of the formulas; it shares nothing with them.
 */
final class WrittenDown {

    private static final long NOTHING = -1;

    /** For each cycle, what is asked for, lane by lane. */
    private final List<long[]> ifmap = new ArrayList<>();

    private final List<long[]> filter = new ArrayList<>();
    private final List<long[]> ofmap = new ArrayList<>();

    private final Machine machine;
    private final int m;
    private final int n;
    private final int k;

    WrittenDown(Machine machine, Workload layer) {
        this.machine = machine;
        this.m = layer.m();
        this.n = layer.n();
        this.k = layer.k();
        var dataflow = machine.dataflow();
        var inputs = inputs(layer);
        for (int left = 0; left < along(dataflow); left += machine.columns()) {
            for (int top = 0; top < down(dataflow); top += machine.rows()) {
                fold(dataflow, inputs, machine.rows(), machine.columns(), top, left);
            }
        }
    }

    /** The number of the last cycle. */
    long cycles() {
        return ofmap.size() - 1;
    }

    /** Accesses to on-chip and then to off-chip memory, operand by operand. */
    List<Transfer> transfers() {
        var bytes = machine.buffers();
        return List.of(
                onChip(ifmap, 1),
                onChip(filter, 1),
                onChip(ofmap, 0),
                fetched(ifmap, bytes.activations() / 100),
                fetched(filter, bytes.weights() / 100),
                drained(ofmap, bytes.outputs(), machine.columns()));
    }

    private int along(Dataflow dataflow) {
        return dataflow == Dataflow.INPUT_STATIONARY ? m : n;
    }

    private int down(Dataflow dataflow) {
        return dataflow == Dataflow.OUTPUT_STATIONARY ? m : k;
    }

    /** The address of each element of the input matrix; nothing where it is beyond the image. */
    private static long[][] inputs(Workload layer) {
        var addresses = new long[layer.m()][layer.k()];
        for (int p = 0; p < layer.m(); p++) {
            for (int q = 0; q < layer.k(); q++) {
                addresses[p][q] = (long) p * layer.k() + q;
                if (layer.sliding().isPresent()) {
                    var image = layer.sliding().get();
                    var window = image.window();
                    int channel = q % image.channels();
                    int place = q / image.channels();
                    int y = p / image.columns() * window.strideY() + place / window.width();
                    int x = p % image.columns() * window.strideX() + place % window.width();
                    addresses[p][q] =
                            y < image.height() && x < image.width()
                                    ? ((long) y * image.width() + x) * image.channels() + channel
                                    : NOTHING;
                }
            }
        }
        return addresses;
    }

    private void fold(
            Dataflow dataflow, long[][] inputs, int rows, int columns, int top, int left) {
        boolean outputs = dataflow == Dataflow.OUTPUT_STATIONARY;
        int steps = outputs ? k : dataflow == Dataflow.WEIGHT_STATIONARY ? m : n;
        int length = (outputs ? 0 : rows) + steps + rows + columns - 2;
        for (int cycle = 0; cycle < length; cycle++) {
            var beside = lane(Math.max(rows, columns));
            var above = lane(Math.max(rows, columns));
            var below = lane(columns);
            for (int r = 0; r < rows; r++) {
                int step = cycle - r - (outputs ? 0 : rows);
                if (step >= 0 && step < steps) {
                    beside[r] =
                            switch (dataflow) {
                                case OUTPUT_STATIONARY -> at(inputs, top + r, step);
                                case WEIGHT_STATIONARY -> at(inputs, step, top + r);
                                case INPUT_STATIONARY -> weight(top + r, step);
                                case ROW_STATIONARY -> throw new IllegalArgumentException();
                            };
                }
            }
            for (int c = 0; c < columns; c++) {
                int step = outputs ? cycle - c : rows - 1 - cycle;
                if (step >= 0 && step < (outputs ? steps : rows)) {
                    above[c] =
                            switch (dataflow) {
                                case OUTPUT_STATIONARY -> weight(step, left + c);
                                case WEIGHT_STATIONARY -> weight(top + step, left + c);
                                case INPUT_STATIONARY -> at(inputs, left + c, top + step);
                                case ROW_STATIONARY -> throw new IllegalArgumentException();
                            };
                }
                int result = cycle - c - (outputs ? steps - 1 : 2 * rows - 1);
                if (result >= 0 && result < (outputs ? rows : steps)) {
                    below[c] =
                            switch (dataflow) {
                                case OUTPUT_STATIONARY -> result(top + rows - 1 - result, left + c);
                                case WEIGHT_STATIONARY -> result(result, left + c);
                                case INPUT_STATIONARY -> result(left + c, result);
                                case ROW_STATIONARY -> throw new IllegalArgumentException();
                            };
                }
            }
            boolean inputsAbove = dataflow == Dataflow.INPUT_STATIONARY;
            ifmap.add(inputsAbove ? above : beside);
            filter.add(inputsAbove ? beside : above);
            ofmap.add(below);
        }
    }

    private static long[] lane(int size) {
        var lane = new long[size];
        Arrays.fill(lane, NOTHING);
        return lane;
    }

    private static long at(long[][] matrix, int row, int column) {
        return row < matrix.length && column < matrix[0].length ? matrix[row][column] : NOTHING;
    }

    private long weight(int row, int column) {
        return row < k && column < n ? (long) row * n + column : NOTHING;
    }

    private long result(int row, int column) {
        return row < m && column < n ? (long) row * n + column : NOTHING;
    }

    private static Transfer onChip(List<long[]> demand, int latency) {
        long first = Long.MAX_VALUE;
        long last = 0;
        long count = 0;
        for (int cycle = 0; cycle < demand.size(); cycle++) {
            for (long address : demand.get(cycle)) {
                if (address != NOTHING) {
                    first = Math.min(first, cycle);
                    last = cycle;
                    count++;
                }
            }
        }
        return new Transfer(first + latency, last + latency, count);
    }

    /** 50 sets are filled with different elements, and then forgotten. */
    private static Transfer fetched(List<long[]> demand, long set) {
        Set<Long> remembered = new HashSet<>();
        long reads = 0;
        long start = 0;
        long stop = NOTHING;
        long first = NOTHING;
        for (int cycle = 0; cycle < demand.size(); cycle++) {
            for (long address : demand.get(cycle)) {
                if (address == NOTHING) {
                    continue;
                }
                first = first == NOTHING ? cycle : first;
                if (remembered.add(address)) {
                    reads++;
                }
                if (remembered.size() == 50 * set) {
                    remembered.clear();
                    start = stop == NOTHING ? first - (50 * set + 9) / 10 : start;
                    stop = cycle + 1;
                }
            }
        }
        if (stop == NOTHING) {
            long sets = (reads + set - 1) / set;
            start = -((sets * set + 9) / 10);
        }
        return new Transfer(start, stop, reads);
    }

    /** Lines are written one after another; a drain takes half a buffer of them. */
    private static Transfer drained(List<long[]> demand, long bytes, int width) {
        var lines = new ArrayList<Integer>(); // elements of each
        boolean open = false;
        int drained = 0;
        long free = bytes;
        long half = bytes - (bytes + 1) / 2;
        long end = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long writes = 0;
        for (int cycle = 0; cycle < demand.size(); cycle++) {
            for (long address : demand.get(cycle)) {
                if (address == NOTHING) {
                    continue;
                }
                if (!open) {
                    lines.add(0);
                }
                int filled = lines.get(lines.size() - 1) + 1;
                lines.set(lines.size() - 1, filled);
                open = filled < width;
                free--;
                if (cycle >= end && free < bytes - half) {
                    open = false;
                    long wanted = (half + width - 1) / width;
                    int upTo = (int) Math.min(lines.size(), drained + wanted);
                    long moved = (long) (upTo - drained - 1) * width + lines.get(upTo - 1);
                    free += moved;
                    writes += moved;
                    end = cycle + upTo - drained - 1;
                    drained = upTo;
                    first = Math.min(first, cycle);
                    last = Math.max(last, end);
                }
            }
        }
        long cycle = demand.size() - 1;
        while (drained < lines.size()) {
            long wanted = (half + width - 1) / width;
            int upTo = (int) Math.min(lines.size(), drained + wanted);
            writes += (long) (upTo - drained - 1) * width + lines.get(upTo - 1);
            first = Math.min(first, cycle);
            last = Math.max(last, cycle + upTo - drained - 1);
            cycle += upTo - drained;
            drained = upTo;
        }
        return new Transfer(first, last, writes);
    }
}
