package org.dyadic.network.internal.onnx;

import org.dyadic.api.network.Shape;

/** What a name of the file stands for. */
sealed interface Value {

    /** Numbers that do not depend on the image. */
    record Known(Constant constant) implements Value {}

    /**
     * The result of a node of the graph.
     *
     * @param shape for one image: ONNX has the batch before it
     */
    record Flow(int node, Shape shape) implements Value {}
}
