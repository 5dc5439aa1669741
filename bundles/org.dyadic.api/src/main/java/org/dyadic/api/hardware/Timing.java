package org.dyadic.api.hardware;

import java.util.List;

/**
 * How long a backend's own model says that a layer of one image computes, and what it moves on the
 * chip: for arrays that are not systolic. Off-chip memory is the simulator's business.
 *
 * @param cycles from the first operand to the last result if nothing waits for off-chip memory;
 *     transfers during which the array cannot compute by its design are part of them
 * @param weightReads words of {@link Buffers#WORD_BITS} from the weight buffer; the same for
 *     activations
 * @param outputWrites words to and from the output buffer, partial sums included
 */
public record Timing(long cycles, long weightReads, long activationReads, long outputWrites) {

    public Timing {
        if (cycles < 1 || Math.min(weightReads, Math.min(activationReads, outputWrites)) < 0) {
            throw new IllegalArgumentException(
                    "a layer takes at least a cycle and moves no less than nothing, was "
                            + List.of(cycles, weightReads, activationReads, outputWrites));
        }
    }
}
