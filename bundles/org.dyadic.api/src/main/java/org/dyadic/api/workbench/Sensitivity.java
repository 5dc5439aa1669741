package org.dyadic.api.workbench;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.NetworkInfo;

/**
 * What accuracy each layer of a policy costs: that layer alone quantized, all others in float.
 *
 * @param dataset the images it is measured on
 * @param reference the accuracy of the network in float; nothing if it was stopped before that
 * @param together the accuracy with every layer quantized, in the same arithmetic; nothing if it
 *     was stopped before that or failed
 * @param layers those that the policy quantizes, the costliest first
 * @param quantized how many layers the policy quantizes; more than {@code layers} if it was stopped
 *     or a plugin failed
 * @param diagnostics what kept it from being measured, whole or in part
 * @param interrupted true if it was stopped before it was finished
 */
public record Sensitivity(
        String experiment,
        String policy,
        NetworkInfo network,
        Optional<DatasetInfo> dataset,
        Optional<Accuracy> reference,
        Optional<Accuracy> together,
        List<Layer> layers,
        int quantized,
        List<Diagnostic> diagnostics,
        boolean interrupted) {

    public Sensitivity {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(together, "together");
        layers = List.copyOf(layers);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * One layer.
     *
     * @param layer what the policy made of it
     * @param accuracy of the network with this layer alone quantized
     * @param drop by how much less that is than in float, as a share of the images; negative if
     *     quantizing helps
     * @param changed images that get another class than in float, rightly or wrongly
     */
    public record Layer(LayerResult layer, Accuracy accuracy, double drop, int changed) {

        public Layer {
            Objects.requireNonNull(layer, "layer");
            Objects.requireNonNull(accuracy, "accuracy");
        }
    }
}
