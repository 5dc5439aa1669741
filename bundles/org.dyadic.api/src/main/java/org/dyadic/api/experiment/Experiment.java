package org.dyadic.api.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;

/**
 * An experiment: every policy meets every accelerator.
 *
 * @param dataset without one, there is hardware but no accuracy
 * @param accelerators without any, there is accuracy but no hardware
 * @param simulator without one, the best bidder
 * @param file the file it was read from
 */
public record Experiment(
        String name,
        NetworkUse network,
        Optional<DatasetUse> dataset,
        List<PolicyUse> policies,
        List<AcceleratorUse> accelerators,
        Optional<SimulatorUse> simulator,
        List<Expectation> expectations,
        Path file,
        Position at) {

    public Experiment {
        policies = List.copyOf(policies);
        accelerators = List.copyOf(accelerators);
        expectations = List.copyOf(expectations);
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs a policy");
        }
    }
}
