package org.dyadic.api.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Top-1 and top-5 accuracy, measured by executing the network on images.
 *
 * @param top1 share of images whose label has the highest output; of equal outputs the lowest class
 *     wins
 * @param top5 share of images whose label is among the five highest outputs
 * @param images executed
 * @param of images in the data set; more than {@code images} if the run was interrupted
 * @param overflows sums that did not fit the accumulator
 * @param arithmetic how it was executed: {@code float32}, or the integer datapath
 * @param kernels which kernel computed each layer, by the name of the layer; empty if there is no
 *     choice of kernels
 */
public record Accuracy(
        double top1,
        double top5,
        int images,
        int of,
        long overflows,
        String arithmetic,
        Map<String, String> kernels) {

    public Accuracy {
        kernels = Collections.unmodifiableMap(new LinkedHashMap<>(kernels));
    }
}
