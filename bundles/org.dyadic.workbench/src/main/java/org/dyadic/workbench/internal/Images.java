package org.dyadic.workbench.internal;

import java.io.UncheckedIOException;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.network.Shape;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.execution.PluginFailure;

/** The part of a data set that an experiment uses. */
record Images(DatasetUse use, Dataset dataset, int first, int size) {

    static Images of(DatasetUse use, Dataset dataset) {
        int first = Math.min(use.skip(), dataset.size());
        return new Images(use, dataset, first, Math.min(use.take(), dataset.size() - first));
    }

    /** The first so many of these images, at most. */
    Images atMost(int images) {
        return new Images(use, dataset, first, Math.min(size, images));
    }

    DatasetInfo info() {
        return new DatasetInfo(use.name(), size, dataset.digest());
    }

    Shape shape() {
        return dataset.shape();
    }

    int label(int index) {
        return dataset.label(first + index);
    }

    byte[] read(int index) {
        var pixels = new byte[dataset.shape().size()];
        try {
            dataset.read(first + index, pixels);
        } catch (UncheckedIOException unreadable) {
            throw new PluginFailure("dataset " + use.name(), unreadable.getCause().getMessage());
        } catch (RuntimeException failure) {
            throw new PluginFailure(
                    "data set format " + use.format(), "image " + (first + index), failure);
        }
        return pixels;
    }
}
