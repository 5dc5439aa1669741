package org.dyadic.api.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;

/** A data set as an experiment names it. {@code format} is the id of a data set reader. */
public record DatasetUse(
        String name, Path location, String format, Settings settings, Position at) {

    private static final Parameter TAKE =
            Parameter.whole("take", 1, Integer.MAX_VALUE)
                    .mayBeLeftOut()
                    .documented("use only so many images");

    private static final Parameter SKIP =
            Parameter.whole("skip", 0, Integer.MAX_VALUE)
                    .defaultsTo(0)
                    .documented("leave out so many images at the start");

    /**
     * The parameters of a format, and the two that every data set has: {@code skip} and {@code
     * take}.
     */
    public static ParameterSpec parameters(ParameterSpec format) {
        var all = new ArrayList<>(format.parameters());
        all.add(SKIP);
        all.add(TAKE);
        return new ParameterSpec(format.documentation(), all);
    }

    /** How many images to leave out at the start. */
    public int skip() {
        return settings.whole("skip");
    }

    /** How many images to use of those that are left, at most. */
    public int take() {
        return settings.has("take") ? settings.whole("take") : Integer.MAX_VALUE;
    }
}
