package org.dyadic.api.workbench;

import java.util.List;
import java.util.Map;
import org.dyadic.api.network.Shape;

/** What a model file holds. */
public record Inspection(
        String name,
        Shape input,
        Shape output,
        long macs,
        long parameters,
        boolean trained,
        Map<String, String> metadata,
        List<Layer> layers) {

    public Inspection {
        metadata = Map.copyOf(metadata);
        layers = List.copyOf(layers);
    }

    /** One node with its result. Layers, which a policy can quantize, have multiply-accumulates. */
    public record Layer(String name, String operation, Shape output, long macs, long parameters) {}
}
