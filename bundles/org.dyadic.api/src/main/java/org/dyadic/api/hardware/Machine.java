package org.dyadic.api.hardware;

import java.util.List;
import java.util.Objects;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * An accelerator as a backend built it from its settings: everything that simulators, cost models
 * and execution need, and nothing of who built it.
 *
 * @param rows of the array of processing elements
 * @param columns of the array
 * @param element what a processing element is made of and uses once each cycle that it works, a
 *     part a line; the bill has these parts for every processing element
 * @param requantizer the part that each result passes once
 * @param bill every part of the chip, for its area; off-chip memory is not in it
 */
public record Machine(
        int rows,
        int columns,
        Dataflow dataflow,
        Quantity clock,
        Technology technology,
        Buffers buffers,
        OffChip offChip,
        Datapath datapath,
        List<BillItem> element,
        Component.Requantize requantizer,
        List<BillItem> bill) {

    public Machine {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "an array needs rows and columns, was " + rows + " x " + columns);
        }
        if (!(clock.in(Unit.HERTZ) > 0)) {
            throw new IllegalArgumentException("a clock frequency is positive, was " + clock);
        }
        Objects.requireNonNull(dataflow, "dataflow");
        Objects.requireNonNull(technology, "technology");
        Objects.requireNonNull(buffers, "buffers");
        Objects.requireNonNull(offChip, "offChip");
        Objects.requireNonNull(datapath, "datapath");
        Objects.requireNonNull(requantizer, "requantizer");
        element = List.copyOf(element);
        bill = List.copyOf(bill);
    }

    /**
     * Width of a sum on its way through the array and the buffers: that of the accumulator, or of
     * the adders of an element where they are wider.
     */
    public int sumBits() {
        return element.stream()
                .map(BillItem::component)
                .filter(Component.Adder.class::isInstance)
                .mapToInt(part -> ((Component.Adder) part).bits())
                .reduce(datapath.accumulatorBits(), Math::max);
    }

    /** Processing elements. */
    public long elements() {
        return (long) rows * columns;
    }
}
