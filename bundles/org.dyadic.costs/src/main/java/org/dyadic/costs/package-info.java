/**
 * Cost models that come with Dyadic. {@link org.dyadic.costs.GateTable} prices a part in three
 * steps: gate equivalents and delays from measured netlists ({@link org.dyadic.costs.Gates}, {@link
 * org.dyadic.costs.Delays}), area, energy and leakage at 45 nm from published figures ({@link
 * org.dyadic.costs.Memory} for SRAM), and scaling to the node, voltage and transistors asked for
 * ({@link org.dyadic.costs.Scaling}). Every number has a name in {@code constants.csv}, and there
 * its unit, node, voltage, corner and source; a new one is a line there and nothing else.
 *
 * <p>Left out: wires, clock tree, control. Delay is that of the usual voltage of a node.
 */
package org.dyadic.costs;
