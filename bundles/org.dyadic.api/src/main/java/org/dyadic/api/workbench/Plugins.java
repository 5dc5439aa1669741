package org.dyadic.api.workbench;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bundles that people add to Dyadic: installs, replaces, switches and removes them while it
 * runs. Provided by the platform; what is changed here is there after a restart.
 *
 * <p>A change is made as a whole or not at all, whatever interrupts it, and nothing is downloaded
 * but by {@link #install} and {@link #update} of Maven coordinates. Safe for use by many threads
 * and many processes.
 */
@ProviderType
public interface Plugins {

    /** Every bundle that was added, running or not, by name. Dyadic's own are not among them. */
    List<PluginBundle> installed();

    /**
     * Adds one bundle, or all of a folder or a feature at once.
     *
     * @param source a jar, a folder of jars, an OSGi feature file whose bundles have a {@code
     *     sha256} and lie beside it or in {@code ~/.m2/repository}, or Maven coordinates {@code
     *     group:artifact:version}, which are looked for there first and downloaded then
     * @param told takes one line before each download, with its address and size, and one for each
     *     thing worth a warning
     * @return what was installed, running
     * @throws PluginChangeException if it cannot be used, with the reason; nothing has changed then
     */
    List<PluginBundle> install(String source, Consumer<String> told) throws PluginChangeException;

    /**
     * Replaces an installed bundle, or a feature as a whole. Work that has begun ends with the
     * version it began with.
     *
     * @param name the symbolic name of a bundle, or the id of a feature, with or without group and
     *     version
     * @param source as for {@link #install}: one jar, or the file of another version of the
     *     feature; empty for where a bundle came from
     * @return what runs now
     */
    List<PluginBundle> update(String name, String source, Consumer<String> told)
            throws PluginChangeException;

    /** Lets a bundle run again. */
    PluginBundle enable(String name) throws PluginChangeException;

    /** Stops a bundle and keeps it. */
    PluginBundle disable(String name) throws PluginChangeException;

    /** Stops a bundle and forgets it. */
    PluginBundle remove(String name) throws PluginChangeException;

    /** What is wrong with what was added, and what to do about it; the worst first. */
    List<PluginFinding> examine();

    /**
     * Keeps every bundle that is installed now loadable until it is closed, even if it is replaced
     * or removed meanwhile. Whoever takes services of plugins and works with them for a while holds
     * this.
     */
    Lease lease();

    /**
     * Follows, until it is closed, what other processes install and what appears in and vanishes
     * from the watched folder; for faces that live long.
     *
     * @param told takes one line for each change
     */
    Lease follow(Consumer<String> told);

    /** Something that lasts until it is closed. Closing it again does nothing. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
