package org.dyadic.simulators.scalesim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.Machines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The formulas against requests that are written down one by one. */
class FormulasTest {

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void matrixProductsAreAsWrittenDown(Dataflow dataflow) {
        for (int trial = 0; trial < 400; trial++) {
            compare(machine(dataflow), Machines.product(upTo(60), upTo(60), upTo(60)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void convolutionsAreAsWrittenDown(Dataflow dataflow) {
        for (int trial = 0; trial < 400; trial++) {
            int height = upTo(14);
            int width = upTo(14);
            compare(
                    machine(dataflow),
                    Layers.convolution(
                            height,
                            width,
                            upTo(Math.min(5, height)),
                            upTo(Math.min(5, width)),
                            upTo(6),
                            upTo(40),
                            upTo(4)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void theSmallestBuffersAreAsWrittenDown(Dataflow dataflow) {
        for (int trial = 0; trial < 200; trial++) {
            var least =
                    new Buffers(
                            100 + random.nextInt(200),
                            100 + random.nextInt(200),
                            2 + random.nextInt(50));
            var machine = Machines.array(upTo(12), upTo(12), dataflow, least);
            compare(machine, Layers.convolution(8, 9, 3, 3, upTo(8), upTo(20), upTo(2)));
        }
    }

    private void compare(Machine machine, Workload layer) {
        var figures = LayerFigures.of(machine, layer);
        var written = new WrittenDown(machine, layer);
        var transfers = written.transfers();
        var as = machine.rows() + " x " + machine.columns() + " " + machine.buffers() + " " + layer;
        assertThat(figures.cycles()).as(as).isEqualTo(written.cycles());
        assertThat(List.of(figures.ifmapDram(), figures.filterDram(), figures.ofmapDram()))
                .as(as)
                .isEqualTo(transfers.subList(3, 6));
        for (int operand = 0; operand < 3; operand++) {
            var sram =
                    List.of(figures.ifmapSram(), figures.filterSram(), figures.ofmapSram())
                            .get(operand);
            assertThat(sram.start()).as(as).isEqualTo(transfers.get(operand).start());
            assertThat(sram.stop()).as(as).isEqualTo(transfers.get(operand).stop());
        }
        // Elements beyond the image count as read, and rows and columns as written once a fold.
        assertThat(figures.filterSram().count()).as(as).isEqualTo(transfers.get(1).count());
        assertThat(figures.ifmapSram().count())
                .as(as)
                .isGreaterThanOrEqualTo(transfers.get(0).count());
        assertThat(figures.ofmapSram().count())
                .as(as)
                .isGreaterThanOrEqualTo(transfers.get(2).count());
    }

    private Machine machine(Dataflow dataflow) {
        var buffers = new Buffers(size(), size(), size());
        return Machines.array(upTo(20), upTo(20), dataflow, buffers);
    }

    private long size() {
        return 100L * upTo(30) + random.nextInt(100);
    }

    private int upTo(int most) {
        return 1 + random.nextInt(most);
    }
}
