/**
 * Boots Apache Felix with the features of a distribution and calls the command line.
 *
 * <p>Runs outside of the framework, from the {@code lib} folder. It shares no class with the
 * bundles but the JDK's and OSGi's: the command line is a {@code ToIntFunction<String[]>}.
 */
package org.dyadic.launcher;
