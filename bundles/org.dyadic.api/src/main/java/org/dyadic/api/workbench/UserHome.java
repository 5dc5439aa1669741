package org.dyadic.api.workbench;

import java.nio.file.Path;

/**
 * The folder of a user's own things: the system property {@code dyadic.user.home}, else the
 * environment variable DYADIC_USER_HOME, else {@code ~/.dyadic}.
 */
public final class UserHome {

    private UserHome() {}

    /** The folder, absolute; it need not exist. */
    public static Path folder() {
        return folder(
                System.getProperty("dyadic.user.home"),
                System.getenv("DYADIC_USER_HOME"),
                System.getProperty("user.home"));
    }

    /** The first that is named at all. */
    static Path folder(String property, String variable, String ofTheSystem) {
        Path folder =
                isNamed(property)
                        ? Path.of(property)
                        : isNamed(variable) ? Path.of(variable) : Path.of(ofTheSystem, ".dyadic");
        return folder.toAbsolutePath().normalize();
    }

    private static boolean isNamed(String folder) {
        return folder != null && !folder.isBlank();
    }
}
