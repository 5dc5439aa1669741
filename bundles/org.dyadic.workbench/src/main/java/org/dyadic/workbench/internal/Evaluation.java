package org.dyadic.workbench.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Executable;

/** Executes a network on every image and counts how often it is right. */
final class Evaluation {

    private Evaluation() {}

    /**
     * Runs until all images are done or the user wants no more; the accuracy says of how many it
     * is.
     */
    static Optional<Accuracy> of(
            Executable network, Images images, String stage, Progress progress) {
        return of(network, images, stage, progress, new int[images.size()]);
    }

    /**
     * @param classes takes the class of each image that is executed
     */
    static Optional<Accuracy> of(
            Executable network, Images images, String stage, Progress progress, int[] classes) {
        int batch = network.batch();
        int batches = (images.size() + batch - 1) / batch;
        var top1 = new LongAdder();
        var top5 = new LongAdder();
        var overflows = new LongAdder();
        var done = new AtomicInteger();
        int[] labels = images.labels();
        progress.advance(stage, 0, images.size(), "images");
        IntStream.range(0, batches)
                .parallel()
                .forEach(
                        index -> {
                            if (progress.cancelled()) {
                                return;
                            }
                            int first = index * batch;
                            int count = Math.min(batch, images.size() - first);
                            var pixels = images.read(first, count);
                            double[][] outputs = network.run(pixels, overflows);
                            for (int i = 0; i < count; i++) {
                                int rank = rank(outputs[i], labels[first + i]);
                                top1.add(rank < 1 ? 1 : 0);
                                top5.add(rank < 5 ? 1 : 0);
                                classes[first + i] = first(outputs[i]);
                            }
                            progress.advance(stage, done.addAndGet(count), images.size(), "images");
                        });
        int executed = done.get();
        if (executed == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Accuracy(
                        top1.sum() / (double) executed,
                        top5.sum() / (double) executed,
                        executed,
                        images.size(),
                        overflows.sum(),
                        network.arithmetic(),
                        network.kernels()));
    }

    /** The class that no other comes before. */
    private static int first(double[] outputs) {
        int best = 0;
        for (int i = 1; i < outputs.length; i++) {
            best = outputs[i] > outputs[best] ? i : best;
        }
        return best;
    }

    /**
     * How many classes come before one: higher outputs, and of equal ones the lower class. An
     * output that is no number comes before all, so that it never makes an image right.
     */
    static int rank(double[] outputs, int label) {
        int before = 0;
        for (int i = 0; i < outputs.length; i++) {
            boolean behind =
                    outputs[i] < outputs[label] || (outputs[i] == outputs[label] && i >= label);
            if (!behind) {
                before++;
            }
        }
        return before;
    }
}
