package org.dyadic.api.hardware;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Prices components. Of all installed models, the one of highest service ranking that knows a
 * component prices it.
 */
@ConsumerType
public interface CostModel {

    /** What this model is based on, in one line. */
    String documentation();

    /** The price of a component in a technology, or nothing if this model cannot tell. */
    Optional<Price> price(Component component, Technology technology);
}
