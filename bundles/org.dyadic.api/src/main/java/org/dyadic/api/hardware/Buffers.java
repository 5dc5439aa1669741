package org.dyadic.api.hardware;

import java.util.List;
import java.util.Objects;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Sizes of the on-chip buffers, in bytes, and the banks that each is made of. */
public record Buffers(long weights, long activations, long outputs, Banks banks) {

    /**
     * How many memories each buffer is made of, side by side: a word comes from one of them, and
     * costs what a memory of that size costs.
     */
    public record Banks(int weights, int activations, int outputs) {
        public Banks {
            if (Math.min(weights, Math.min(activations, outputs)) < 1) {
                throw new IllegalArgumentException(
                        "a buffer has at least one bank, was "
                                + List.of(weights, activations, outputs));
            }
        }
    }

    public Buffers {
        if (Math.min(weights, Math.min(activations, outputs)) < 1) {
            throw new IllegalArgumentException(
                    "a buffer holds at least one byte, was "
                            + List.of(weights, activations, outputs));
        }
        Objects.requireNonNull(banks, "banks");
    }

    /** Buffers of one bank each. */
    public Buffers(long weights, long activations, long outputs) {
        this(weights, activations, outputs, new Banks(1, 1, 1));
    }

    /** The same sizes in banks. */
    public Buffers in(Banks several) {
        return new Buffers(weights, activations, outputs, several);
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

    /** A bank of the weight buffer, as a part to price; a use reads or writes a word. */
    public Component.Sram weightMemory() {
        return bank(weights, banks.weights());
    }

    /** A bank of the activation buffer. */
    public Component.Sram activationMemory() {
        return bank(activations, banks.activations());
    }

    /** A bank of the buffer of outputs and partial sums. */
    public Component.Sram outputMemory() {
        return bank(outputs, banks.outputs());
    }

    private static Component.Sram bank(long bytes, int banks) {
        return new Component.Sram((bytes + banks - 1) / banks, WORD_BITS);
    }

    private static Parameter size(String name, long bytes) {
        return Parameter.measure(name, Quantity.of(1, Unit.BYTE), Quantity.of(1, Unit.GIBIBYTE))
                .defaultsTo(Quantity.of(bytes / 1024.0, Unit.KIBIBYTE));
    }

    private static long bytes(Settings block, String name) {
        return Math.max(1, Math.round(block.measure(name).in(Unit.BYTE)));
    }
}
