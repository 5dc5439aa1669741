/**
 * Cost models that come with Dyadic. {@link org.dyadic.costs.GateTable} prices a part in three
 * steps: gate equivalents from measured netlists ({@link org.dyadic.costs.Gates}), area and energy
 * at 45 nm and 0.9 V from published figures ({@link org.dyadic.costs.Memory} for SRAM), and scaling
 * to the node and voltage asked for ({@link org.dyadic.costs.Scaling}).
 *
 * <p>Left out: wires, clock tree, control, leakage, idle elements, timing.
 */
package org.dyadic.costs;
