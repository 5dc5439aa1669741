package org.dyadic.api.report;

import java.util.Optional;

/**
 * What came of one policy on one accelerator, or without accelerator. One that fails loses no
 * other.
 */
public sealed interface Outcome {

    /** The name of the policy. */
    String policy();

    /** The name of the accelerator; nothing for a run in the default arithmetic. */
    Optional<String> accelerator();

    /** There if the policy could be executed, whatever the hardware says. */
    Optional<Accuracy> accuracy();

    /**
     * The word in reports: {@code ok}, {@code infeasible}, {@code broken} or {@code interrupted}.
     */
    String status();

    /** It came out. */
    record Completed(
            String policy,
            Optional<String> accelerator,
            Optional<Accuracy> accuracy,
            Optional<HardwareResult> hardware)
            implements Outcome {
        @Override
        public String status() {
            return "ok";
        }
    }

    /** The design cannot do it, which is a result. */
    record Infeasible(
            String policy, Optional<String> accelerator, Optional<Accuracy> accuracy, String reason)
            implements Outcome {
        @Override
        public String status() {
            return "infeasible";
        }
    }

    /** A plugin failed. */
    record Broken(
            String policy,
            Optional<String> accelerator,
            Optional<Accuracy> accuracy,
            String plugin,
            String reason)
            implements Outcome {
        @Override
        public String status() {
            return "broken";
        }
    }

    /**
     * The run was stopped before this was finished; an accuracy, if any, is of the images done by
     * then.
     */
    record Interrupted(String policy, Optional<String> accelerator, Optional<Accuracy> accuracy)
            implements Outcome {
        @Override
        public String status() {
            return "interrupted";
        }
    }
}
