package org.dyadic.plugins.guard;

/** Stands for {@link System#exit} in the classes of plugins. */
public final class Exit {

    private Exit() {}

    /** Throws: a plugin may fail, but not end the process of everybody. */
    public static void exit(int status) {
        throw new IllegalStateException(
                "it tried to end the process with System.exit(" + status + ")");
    }
}
