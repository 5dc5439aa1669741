package org.dyadic.api.experiment;

import java.nio.file.Path;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;

/** A network as an experiment names it. */
public record NetworkUse(String name, Path file, Settings settings, Position at) {

    /**
     * How samples of 0 to 255 become the input of the network: (sample - mean) / deviation, one
     * number for each channel or one for all. What is not stated is taken from the metadata of the
     * file ({@code mean} and {@code deviation}); without either, samples enter as they are.
     */
    public static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "a trained network and the normalisation of its input",
                    Parameter.reals("mean", -1e6, 1e6)
                            .mayBeLeftOut()
                            .documented(
                                    "subtracted from each sample of 0 to 255; one number, or one a channel"),
                    Parameter.reals("deviation", 1e-6, 1e6)
                            .mayBeLeftOut()
                            .documented(
                                    "divides each sample after that; one number, or one a channel"));
}
