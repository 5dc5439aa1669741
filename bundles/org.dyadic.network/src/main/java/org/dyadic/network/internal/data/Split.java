package org.dyadic.network.internal.data;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/** Which half of a data set is meant. */
enum Split {
    TRAIN,
    TEST;

    static Parameter parameter() {
        return Parameter.choice("split", Split.class)
                .defaultsTo(TEST)
                .documented("which half of the data set, if the location is a folder");
    }

    static Split of(Settings settings) {
        return settings.choice("split", Split.class);
    }
}
