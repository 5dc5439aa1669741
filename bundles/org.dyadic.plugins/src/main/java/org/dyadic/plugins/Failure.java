package org.dyadic.plugins;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.dyadic.api.workbench.PluginChangeException;
import org.osgi.framework.BundleException;

/** Exceptions of Java and of the framework as sentences. */
final class Failure {

    private Failure() {}

    static PluginChangeException of(String doing, IOException e) {
        return new PluginChangeException(false, "cannot " + doing + ": " + why(e));
    }

    static String why(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied on " + denied.getFile();
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getFile() + ": " + failure.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The first line of what is at the bottom of a framework's exception. */
    static String why(BundleException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String text = message == null ? "" : message.lines().findFirst().orElse("");
        return deepest instanceof BundleException
                ? text
                : deepest.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
    }
}
