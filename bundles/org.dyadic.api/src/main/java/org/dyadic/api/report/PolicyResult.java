package org.dyadic.api.report;

import java.util.List;

/** What a policy made of the network, layer by layer. */
public record PolicyResult(String policy, List<LayerResult> layers) {

    public PolicyResult {
        layers = List.copyOf(layers);
    }
}
