/**
 * What people add to Dyadic, in {@code ~/.dyadic}: an index of what is installed, the jars it
 * names, each under its checksum, and a folder into which jars may simply be put.
 *
 * <p>One rename of the index makes a change, so that whatever interrupts it leaves the state before
 * or the state after.
 *
 * <p>What is replaced or removed loses its services at once, and its class loader when the last
 * lease from before is closed; a run holds one. So a run ends with the version it began with, and
 * names it.
 *
 * <h2>What a plugin can do, and cannot</h2>
 *
 * <p>It costs its own outcome, with its name, version and the reason, if it throws anything at all,
 * answers nothing or what cannot be, does not answer in time, runs out of memory or of stack, or
 * calls {@code System.exit}. What it prints goes to standard error.
 *
 * <p>One JVM cannot keep it from: using a processor after its time (Java ends no thread; it is
 * interrupted and left behind), taking memory that another thread needed at that moment, {@code
 * Runtime.halt} and {@code Runtime.exit} (told when it is installed, and by the doctor), the same
 * by reflection or native code (not even told), reading and writing the user's files, opening
 * connections, starting processes. A plugin is trusted as any program is: its checksum says that it
 * is the one that was installed, not that it is good.
 */
package org.dyadic.plugins;
