package org.dyadic.api.experiment;

import java.util.Objects;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;

/**
 * The images a policy is calibrated on, and what post-training quantization does with them.
 *
 * @param dataset whose images are used; their labels are not
 * @param settings as {@link #PARAMETERS} describes them
 */
public record Calibration(DatasetUse dataset, Settings settings) {

    /** The parts of post-training quantization; each can be switched off. */
    public static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "how a policy is calibrated: each part of post-training quantization can be"
                            + " switched off",
                    part(
                            "rescale",
                            "the scale of an activation grid is the one that serves the layer's"
                                    + " output best, not the one of least error"),
                    part("refit", "weights are refitted to the inputs the layer will really see"),
                    part(
                            "compensate",
                            "the rounding error of a weight is made good by the weights rounded after"
                                    + " it"),
                    part(
                            "correct",
                            "biases are corrected so that the mean of each channel is the float"
                                    + " network's"),
                    part(
                            "blocks",
                            "a layer whose result is added to a shortcut also makes good the error of"
                                    + " the shortcut"),
                    part(
                            "propagate",
                            "a layer is calibrated on what the quantized layers before it feed it, not"
                                    + " on what the float network would"),
                    Parameter.choice("validate", "few", "on", "off")
                            .defaultsTo("few")
                            .documented(
                                    "how much weights are held to the trained ones: as lets one half"
                                            + " of the images tell best what the other needs (few:"
                                            + " with up to 256 images), or a hundredth of the mean"
                                            + " variance of an input"),
                    Parameter.choice("objective", "mse", "output")
                            .defaultsTo("output")
                            .documented(
                                    "what a level set is to minimise: the squared error, or that error"
                                            + " weighted by the mean square of what each number is"
                                            + " multiplied with"));

    public Calibration {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(settings, "settings");
    }

    /** As it is by default. */
    public static Calibration on(DatasetUse dataset) {
        return new Calibration(dataset, PARAMETERS.defaults());
    }

    private static Parameter part(String name, String documentation) {
        return Parameter.choice(name, "on", "off").defaultsTo("on").documented(documentation);
    }
}
