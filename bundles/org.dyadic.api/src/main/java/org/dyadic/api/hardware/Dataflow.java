package org.dyadic.api.hardware;

import java.util.List;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;

/** Which operand stays in the processing elements while the others move. */
public enum Dataflow {
    OUTPUT_STATIONARY,
    WEIGHT_STATIONARY,
    INPUT_STATIONARY,
    /**
     * Rows of weights and of activations stay together in an element, which makes a row of partial
     * sums of them; sums move (Chen et al., ISCA 2016). Only a backend that times its layers itself
     * has it.
     */
    ROW_STATIONARY;

    /** The dataflows of an array through which operands move in step. */
    public static final List<Dataflow> SYSTOLIC =
            List.of(OUTPUT_STATIONARY, WEIGHT_STATIONARY, INPUT_STATIONARY);

    /** The word in the language: {@code weight-stationary}. */
    public String id() {
        return Value.Word.of(this).word();
    }

    /** A parameter by which a user chooses among the dataflows of a systolic array. */
    public static Parameter parameter(Dataflow fallback) {
        return parameter(SYSTOLIC, fallback);
    }

    /** A parameter by which a user chooses among some dataflows, or reads the only one there is. */
    public static Parameter parameter(List<Dataflow> dataflows, Dataflow fallback) {
        return Parameter.choice("dataflow", dataflows)
                .defaultsTo(fallback)
                .documented("which operand stays in the processing elements");
    }

    /** What the settings of a backend that declares {@link #parameter} say. */
    public static Dataflow of(Settings settings) {
        return settings.choice("dataflow", Dataflow.class);
    }
}
