package org.dyadic.api.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * What every array accelerator has around its elements: geometry, clock, technology and memories. A
 * backend adds its own settings, its element and its edge, and gets a machine.
 */
public record Chassis(
        int rows,
        int columns,
        Dataflow dataflow,
        Quantity clock,
        Technology technology,
        Buffers buffers,
        OffChip offChip) {

    public Chassis {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "an array needs rows and columns, was " + rows + " x " + columns);
        }
        Objects.requireNonNull(dataflow, "dataflow");
        if (!(clock.in(Unit.HERTZ) > 0)) {
            throw new IllegalArgumentException("a clock frequency is positive, was " + clock);
        }
        Objects.requireNonNull(technology, "technology");
        Objects.requireNonNull(buffers, "buffers");
        Objects.requireNonNull(offChip, "offChip");
    }

    /**
     * What an array is where a user says nothing.
     *
     * @param dataflows that it has, the usual one first
     */
    public record Typical(
            int rows,
            int columns,
            List<Dataflow> dataflows,
            Quantity clock,
            Quantity node,
            Quantity voltage,
            Buffers buffers) {
        public Typical {
            dataflows = List.copyOf(dataflows);
            if (dataflows.isEmpty()) {
                throw new IllegalArgumentException("an array has a dataflow");
            }
        }

        /** 16 x 16 elements at 500 MHz in 45 nm, of these dataflows. */
        public static Typical of(List<Dataflow> dataflows) {
            return new Typical(
                    16,
                    16,
                    dataflows,
                    Quantity.of(500, Unit.MEGAHERTZ),
                    Quantity.of(45, Unit.NANOMETRE),
                    Quantity.of(0.9, Unit.VOLT),
                    new Buffers(64 << 10, 64 << 10, 32 << 10));
        }
    }

    /** The settings of a systolic array, and after them a backend's own. */
    public static ParameterSpec parameters(
            String documentation, Dataflow fallback, Parameter... own) {
        var dataflows = new ArrayList<>(List.of(fallback));
        Dataflow.SYSTOLIC.stream().filter(one -> one != fallback).forEach(dataflows::add);
        return parameters(documentation, Typical.of(dataflows), own);
    }

    /** The settings of every array, and after them a backend's own. */
    public static ParameterSpec parameters(
            String documentation, Typical typical, Parameter... own) {
        var all =
                new ArrayList<>(
                        List.of(
                                Technology.NODE.defaultsTo(typical.node()),
                                Technology.VOLTAGE.defaultsTo(typical.voltage()),
                                Transistors.PARAMETER,
                                Parameter.measure(
                                                "clock",
                                                Quantity.of(1, Unit.MEGAHERTZ),
                                                Quantity.of(5, Unit.GIGAHERTZ))
                                        .defaultsTo(typical.clock())
                                        .documented(
                                                "clock frequency; a warning tells if the elements are modelled to be slower"),
                                Parameter.extent("array", 1024)
                                        .defaultsTo(typical.rows(), typical.columns())
                                        .documented("rows x columns of processing elements"),
                                dataflow(typical.dataflows()),
                                Buffers.parameter(typical.buffers()),
                                OffChip.PARAMETER));
        all.addAll(List.of(own));
        return new ParameterSpec(documentation, all);
    }

    /** In the order of the language, whichever is usual. */
    private static Parameter dataflow(List<Dataflow> dataflows) {
        return Dataflow.parameter(dataflows.stream().sorted().toList(), dataflows.get(0));
    }

    /** What settings declared by {@code parameters} say. */
    public static Chassis of(Settings settings) {
        var array = settings.extent("array");
        return new Chassis(
                array.rows(),
                array.columns(),
                Dataflow.of(settings),
                settings.measure("clock"),
                Technology.of(settings),
                Buffers.of(settings),
                OffChip.of(settings));
    }

    /** The same array with its buffers in banks. */
    public Chassis in(Buffers.Banks banks) {
        return new Chassis(rows, columns, dataflow, clock, technology, buffers.in(banks), offChip);
    }

    /**
     * The machine: a requantizer for each column, the three buffers, and for each row and column
     * the parts of an element.
     *
     * @param element parts of one processing element
     * @param edge every other part of the chip
     */
    public Machine machine(
            Datapath datapath,
            List<BillItem> element,
            Component.Requantize requantizer,
            List<BillItem> edge) {
        var bill = new ArrayList<BillItem>();
        for (var part : element) {
            bill.add(
                    new BillItem(
                            part.purpose(),
                            part.component(),
                            Math.multiplyExact((long) rows * columns, part.count())));
        }
        bill.addAll(edge);
        bill.add(new BillItem("requantizers", requantizer, columns));
        var banks = buffers.banks();
        bill.add(new BillItem("weight buffer", buffers.weightMemory(), banks.weights()));
        bill.add(
                new BillItem("activation buffer", buffers.activationMemory(), banks.activations()));
        bill.add(new BillItem("output buffer", buffers.outputMemory(), banks.outputs()));
        return new Machine(
                rows,
                columns,
                dataflow,
                clock,
                technology,
                buffers,
                offChip,
                datapath,
                element,
                requantizer,
                bill);
    }
}
