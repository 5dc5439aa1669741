/**
 * What people add to Dyadic, in {@code ~/.dyadic}: an index of what is installed, the jars it
 * names, each under its checksum, and a folder into which jars may simply be put.
 *
 * <p>One rename of the index makes a change, so that whatever interrupts it leaves the state before
 * or the state after.
 */
package org.dyadic.plugins;
