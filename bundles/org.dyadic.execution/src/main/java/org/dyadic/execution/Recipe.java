package org.dyadic.execution;

import org.dyadic.api.spec.Settings;

/**
 * Which parts of post-training quantization a policy wants.
 *
 * @param refit weights are refitted to the inputs their layer really sees
 * @param compensate the rounding error of a weight is made good by those rounded after it
 * @param correct each channel gets the gain and the offset nearest to the float network
 * @param blocks a layer that is added to a shortcut makes good the shortcut's error too
 * @param propagate layers are calibrated on what the quantized layers before them compute
 * @param weighted level sets minimise the error of weights times the mean square of their inputs
 */
public record Recipe(
        boolean refit,
        boolean compensate,
        boolean correct,
        boolean blocks,
        boolean propagate,
        boolean weighted) {

    /** Everything on; level sets by the plain squared error. */
    public static final Recipe FULL = new Recipe(true, true, true, true, true, false);

    /** What settings say that follow {@code Calibration.PARAMETERS}. */
    public static Recipe of(Settings settings) {
        return new Recipe(
                on(settings, "refit"),
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
