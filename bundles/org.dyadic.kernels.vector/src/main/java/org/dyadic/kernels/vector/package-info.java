/**
 * Numeric loops in the vector instructions of the machine, through {@code jdk.incubator.vector}.
 */
package org.dyadic.kernels.vector;
