package org.dyadic.workbench.internal;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.network.Shape;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.execution.PluginFailure;

/**
 * The part of a data set that an experiment uses. Whatever the reader of its format does wrong is a
 * {@link PluginFailure}.
 */
record Images(DatasetUse use, Dataset dataset, int all, Shape shape, int first, int size) {

    static Images of(DatasetUse use, Dataset dataset) {
        int all = Guard.call(plugin(use), "counting its images", dataset::size);
        var shape = Guard.call(plugin(use), "the shape of its images", dataset::shape);
        int first = Math.min(use.skip(), all);
        return new Images(use, dataset, all, shape, first, Math.min(use.take(), all - first));
    }

    static String plugin(DatasetUse use) {
        return "dataset " + use.format();
    }

    /** The first so many of these images, at most. */
    Images atMost(int images) {
        return new Images(use, dataset, all, shape, first, Math.min(size, images));
    }

    DatasetInfo info() {
        return new DatasetInfo(use.name(), size, reading("its digest", dataset::digest));
    }

    /** The classes of all these images. */
    int[] labels() {
        return reading(
                "its labels",
                () -> IntStream.range(first, first + size).map(dataset::label).toArray());
    }

    byte[] read(int index) {
        return read(index, 1)[0];
    }

    /** So many images one after the other; the reader is asked for all at once. */
    byte[][] read(int index, int count) {
        String which = "image " + (first + index);
        return reading(
                count == 1 ? which : which + " to " + (first + index + count - 1),
                () -> {
                    var pixels = new byte[count][shape.size()];
                    for (int i = 0; i < count; i++) {
                        dataset.read(first + index + i, pixels[i]);
                    }
                    return pixels;
                });
    }

    /** A file that went bad meanwhile is no fault of the plugin. */
    private <T> T reading(String doing, Supplier<T> question) {
        try {
            return Guard.call(plugin(use), doing, UncheckedIOException.class, question::get);
        } catch (UncheckedIOException unreadable) {
            throw new PluginFailure("dataset " + use.name(), unreadable.getCause().getMessage());
        }
    }
}
