package org.dyadic.workbench.internal;

import java.util.function.Supplier;
import org.dyadic.execution.PluginFailure;

/** The door between the platform and a plugin: whatever comes through it has a plugin's name. */
final class Guard {

    private Guard() {}

    /** What a plugin answers; throws a {@link PluginFailure} if it throws or answers nothing. */
    static <T> T call(String plugin, String doing, Supplier<T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (RuntimeException | LinkageError failure) {
            throw new PluginFailure(plugin, doing, failure);
        }
        if (answer == null) {
            throw new PluginFailure(plugin, doing + ": it returned nothing");
        }
        return answer;
    }
}
