package org.dyadic.execution;

import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.spec.Settings;

/**
 * Which parts of post-training quantization a policy wants.
 *
 * @param rescale the scale of an activation grid is the one that serves the layer's output best
 * @param refit weights are refitted to the inputs their layer really sees
 * @param validated images, up to which how much they are held to the trained weights is chosen by
 *     cross-validation
 * @param compensate the rounding error of a weight is made good by those rounded after it
 * @param correct each channel gets the gain and the offset nearest to the float network
 * @param blocks a layer that is added to a shortcut makes good the shortcut's error too
 * @param propagate layers are calibrated on what the quantized layers before them compute
 * @param weighted level sets minimise errors weighted by the mean square of the other factor
 */
public record Recipe(
        boolean rescale,
        boolean refit,
        int validated,
        boolean compensate,
        boolean correct,
        boolean blocks,
        boolean propagate,
        boolean weighted) {

    /**
     * Images that are few. On other images, cross-validation takes 27 % of the error of the logits
     * with 64 images and 10 % with 256, but 2 % with 1,024 (ResNet-20, 3 bits); with 64 images 45 %
     * for MobileNetV2 and 9 % for SqueezeNet (weights in 4 bits).
     */
    static final int FEW = 256;

    /** What is on by default, as {@code Calibration.PARAMETERS} has it by default. */
    public static final Recipe FULL = of(Calibration.PARAMETERS.defaults());

    /** What settings say that follow {@code Calibration.PARAMETERS}. */
    public static Recipe of(Settings settings) {
        return new Recipe(
                on(settings, "rescale"),
                on(settings, "refit"),
                switch (settings.choice("validate")) {
                    case "on" -> Integer.MAX_VALUE;
                    case "off" -> 0;
                    default -> FEW;
                },
                on(settings, "compensate"),
                on(settings, "correct"),
                on(settings, "blocks"),
                on(settings, "propagate"),
                settings.choice("objective").equals("output"));
    }

    private static boolean on(Settings settings, String part) {
        return settings.choice(part).equals("on");
    }

    /** True if some part needs the second moments of the inputs of a layer. */
    boolean needsMoments() {
        return refit || compensate || weighted;
    }
}
