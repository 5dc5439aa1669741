package org.dyadic.api.workbench;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.spec.Settings;

/**
 * How the rules of a policy resolve for a network, and what quantizing it gave.
 *
 * @param calibration the images it is calibrated on; nothing if it names none
 * @param layers in the order of the network; none if an error is among the diagnostics
 * @param diagnostics what kept it from being resolved or quantized
 * @param interrupted true if it was stopped before it was quantized
 */
public record PolicyInspection(
        String experiment,
        String policy,
        NetworkInfo network,
        Optional<DatasetInfo> calibration,
        List<Layer> layers,
        List<Diagnostic> diagnostics,
        boolean interrupted) {

    public PolicyInspection {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(calibration, "calibration");
        layers = List.copyOf(layers);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * One convolution or dense layer. {@code activations} are those that enter it.
     *
     * @param sumBits of the narrowest accumulator that holds every sum, whatever the image; nothing
     *     if the layer was not quantized, or not wholly
     */
    public record Layer(
            String name,
            String kind,
            long macs,
            long parameters,
            Choice weights,
            Choice activations,
            OptionalInt sumBits) {

        public Layer {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(weights, "weights");
            Objects.requireNonNull(activations, "activations");
            Objects.requireNonNull(sumBits, "sumBits");
        }
    }

    /**
     * What the policy chooses for one tensor.
     *
     * @param quantizer its id; {@code float} if no rule mentions the tensor
     * @param rule the rule that says so, if one does
     * @param result what the quantizer made of the tensor; nothing if it was not asked, or there
     *     was nothing to show it
     */
    public record Choice(
            String quantizer,
            Settings settings,
            Optional<Rule> rule,
            Optional<TensorResult> result) {

        public Choice {
            Objects.requireNonNull(quantizer, "quantizer");
            Objects.requireNonNull(settings, "settings");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(result, "result");
        }
    }
}
