package org.dyadic.api.sim;

/**
 * How lively the integers of a layer are in the elements: what energy depends on besides the number
 * of uses.
 *
 * @param zeros share of the multiply-accumulates one of whose operands is zero, 0 to 1: an element
 *     that stops its clock for them saves so much
 * @param toggles share of the bits that change in the registers of the operands that stream, from
 *     one to the next, 0 to 1; random bits have 0.5. Levels count in two's complement of as many
 *     bits as the largest of a group needs
 */
public record Switching(double zeros, double toggles) {

    public Switching {
        if (!(zeros >= 0 && zeros <= 1 && toggles >= 0 && toggles <= 1)) {
            throw new IllegalArgumentException(
                    "shares lie between 0 and 1, were " + zeros + " and " + toggles);
        }
    }
}
