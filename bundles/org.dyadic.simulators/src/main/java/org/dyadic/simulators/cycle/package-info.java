/**
 * A systolic array stepped through with the integers of a layer. Elements pass on what they get a
 * clock later, so that an element r rows down and c columns across works on step s at clock r + c +
 * s of its fold: its operands at successive clocks are successive elements of two streams, or of
 * one and what it holds. {@link org.dyadic.simulators.cycle.Wave} therefore takes many clocks of a
 * few elements together, or many elements of a few clocks, instead of all elements at one clock
 * after another; each adds the same product to the same sum at the same clock. The tests hold it
 * against an array of registers that shift, in values, cycles and the work of each element.
 */
package org.dyadic.simulators.cycle;
