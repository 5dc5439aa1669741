package org.dyadic.api.hardware;

import java.util.List;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Sizes of the on-chip buffers, in bytes. */
public record Buffers(long weights, long activations, long outputs) {

    public Buffers {
        if (Math.min(weights, Math.min(activations, outputs)) < 1) {
            throw new IllegalArgumentException(
                    "a buffer holds at least one byte, was "
                            + List.of(weights, activations, outputs));
        }
    }

    /**
     * The block {@code buffers { weights 64 KiB activations 64 KiB outputs 32 KiB }} of a chip
     * whose buffers are of these sizes where a user says nothing.
     */
    public static Parameter parameter(Buffers typical) {
        return Parameter.block(
                        "buffers",
                        ParameterSpec.of(
                                "on-chip memories",
                                size("weights", typical.weights())
                                        .documented("holds the codes of weights"),
                                size("activations", typical.activations())
                                        .documented("holds the codes of activations"),
                                size("outputs", typical.outputs())
                                        .documented("holds the codes of results")))
                .documented("sizes of the on-chip memories");
    }

    /** What the settings of a backend that declares {@link #parameter} say. */
    public static Buffers of(Settings settings) {
        var block = settings.block("buffers");
        return new Buffers(
                bytes(block, "weights"), bytes(block, "activations"), bytes(block, "outputs"));
    }

    /** Width of the words that all buffers read and write; codes are packed into them. */
    public static final int WORD_BITS = 32;

    /** The memory of weights, as a part to price; a use reads or writes a word. */
    public Component.Sram weightMemory() {
        return new Component.Sram(weights, WORD_BITS);
    }

    /** The memory of activations. */
    public Component.Sram activationMemory() {
        return new Component.Sram(activations, WORD_BITS);
    }

    /** The memory of outputs and partial sums. */
    public Component.Sram outputMemory() {
        return new Component.Sram(outputs, WORD_BITS);
    }

    private static Parameter size(String name, long bytes) {
        return Parameter.measure(name, Quantity.of(1, Unit.BYTE), Quantity.of(1, Unit.GIBIBYTE))
                .defaultsTo(Quantity.of(bytes / 1024.0, Unit.KIBIBYTE));
    }

    private static long bytes(Settings block, String name) {
        return Math.max(1, Math.round(block.measure(name).in(Unit.BYTE)));
    }
}
