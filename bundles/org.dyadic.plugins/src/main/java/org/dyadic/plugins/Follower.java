package org.dyadic.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dyadic.api.workbench.Plugins;

/**
 * Looks at the index and the folder twice a second. Not a {@code WatchService}: network file
 * systems do not tell it, and neither the index nor the folder needs to exist.
 */
final class Follower implements Plugins.Lease, Runnable {

    private static final long MILLIS = 500;

    private final Manager manager;
    private final Consumer<String> told;
    private final Thread thread = new Thread(this, "dyadic-plugins");

    private Follower(Manager manager, Consumer<String> told) {
        this.manager = manager;
        this.told = told;
    }

    static Follower start(Manager manager, Consumer<String> told) {
        var follower = new Follower(manager, told);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    @Override
    public void run() {
        List<String> known = look();
        List<String> before = known;
        try {
            refresh(); // what changed before we began is a change, too
            while (true) {
                Thread.sleep(MILLIS);
                List<String> now = look();
                // Twice the same: whoever writes a jar is done.
                if (!now.equals(known) && now.equals(before)) {
                    known = now;
                    refresh();
                }
                before = now;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** One change that goes wrong in an unforeseen way does not end the following. */
    private void refresh() {
        try {
            manager.refresh(told);
        } catch (RuntimeException | LinkageError e) {
            told.accept("warning: the plugins could not be followed: " + e);
        }
    }

    private List<String> look() {
        var seen = new ArrayList<String>();
        seen.add(look(manager.home().index()));
        try {
            manager.home().droppedJars().forEach(jar -> seen.add(jar + look(jar)));
        } catch (IOException e) {
            seen.add(e.toString());
        }
        return seen;
    }

    private static String look(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return " "
                    + attributes.lastModifiedTime()
                    + " "
                    + attributes.size()
                    + " "
                    + attributes.fileKey();
        } catch (IOException absent) {
            return " absent";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
