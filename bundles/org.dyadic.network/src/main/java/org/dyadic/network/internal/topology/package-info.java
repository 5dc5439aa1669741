/** Reads the topology files of SCALE-Sim: layers with shapes and nothing else. */
package org.dyadic.network.internal.topology;
