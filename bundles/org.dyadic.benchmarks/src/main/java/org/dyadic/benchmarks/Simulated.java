package org.dyadic.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.OffChip;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** What is simulated: networks for images of 224 x 224, and a square array with 64 KiB a buffer. */
final class Simulated {

    /** Image, window, channels, filters and stride, as SCALE-Sim's own topology has them. */
    private static final int[][] RESNET18 = {
        {224, 7, 3, 64, 2},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 128, 2},
        {28, 3, 128, 128, 1},
        {56, 1, 64, 128, 2},
        {28, 3, 128, 128, 1},
        {28, 3, 128, 128, 1},
        {28, 3, 128, 256, 2},
        {14, 3, 256, 256, 1},
        {28, 1, 128, 256, 2},
        {14, 3, 256, 256, 1},
        {14, 3, 256, 256, 1},
        {14, 3, 256, 512, 2},
        {7, 3, 512, 512, 1},
        {14, 1, 256, 512, 2},
        {7, 3, 512, 512, 1},
        {7, 3, 512, 512, 1},
        {1, 1, 512, 1000, 1},
    };

    private Simulated() {}

    static Machine array(int lanes, Dataflow dataflow) {
        return new Machine(
                lanes,
                lanes,
                dataflow,
                Quantity.of(500, Unit.MEGAHERTZ),
                new Technology(Quantity.of(45, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT)),
                new Buffers(1 << 16, 1 << 16, 1 << 16),
                new OffChip(
                        Quantity.of(12.8, Unit.GIGABYTE_PER_SECOND),
                        Quantity.of(8, Unit.PICOJOULE_PER_BIT)),
                Datapath.wide(),
                List.of(),
                new Component.Requantize(Datapath.wide(), 8, 8),
                List.of());
    }

    /**
     * ResNet-18.
     *
     * @param padded as the network is; else as SCALE-Sim has it, with windows within the image
     */
    static List<Workload> resNet18(boolean padded) {
        return Arrays.stream(RESNET18)
                .map(one -> layer(one[0], one[1], one[2], one[3], one[4], padded))
                .toList();
    }

    /** Blocks of 1 x 1, 3 x 3 and 1 x 1 windows, as He et al. have them (CVPR 2016, table 1). */
    static List<Workload> resNet50() {
        var found = new ArrayList<Workload>();
        found.add(layer(224, 7, 3, 64, 2, false));
        int[] blocks = {3, 4, 6, 3};
        int size = 56;
        int channels = 64;
        for (int stage = 0; stage < blocks.length; stage++) {
            int width = 64 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                if (block == 0) {
                    found.add(layer(size, 1, channels, 4 * width, stride, false));
                }
                found.add(layer(size, 1, channels, width, 1, false));
                found.add(layer(size, 3, width, width, stride, false));
                size /= stride;
                found.add(layer(size, 1, width, 4 * width, 1, false));
                channels = 4 * width;
            }
        }
        found.add(layer(1, 1, 2048, 1000, 1, false));
        return found;
    }

    private static Workload layer(
            int size, int window, int channels, int filters, int stride, boolean padded) {
        int places = padded ? (size - 1) / stride + 1 : (size - window + 2 * stride - 1) / stride;
        int beyond = Math.max(0, (places - 1) * stride + window - size);
        int before = padded ? beyond / 2 : 0;
        var image =
                new Sliding(
                        size,
                        size,
                        channels,
                        new Window(
                                window,
                                window,
                                stride,
                                stride,
                                before,
                                before,
                                beyond - before,
                                beyond - before,
                                1,
                                1));
        return new Workload(
                        "layer",
                        places * places,
                        filters,
                        window * window * channels,
                        1,
                        8,
                        8,
                        8,
                        (long) size * size * channels,
                        (long) places * places * filters,
                        1)
                .sliding(image);
    }
}
