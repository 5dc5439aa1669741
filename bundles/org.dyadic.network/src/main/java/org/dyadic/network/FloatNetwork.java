package org.dyadic.network;

import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.internal.execution.Scratch;
import org.dyadic.network.internal.execution.Step;
import org.dyadic.network.internal.execution.Steps;

/**
 * Executes a network in single precision, one image at a time. Results are arrays in row-major
 * order of the shape of their node; they may be shared between nodes, so nobody may write into
 * them. Thread-safe.
 */
public final class FloatNetwork implements FloatSession {

    private final Network network;
    private final Kernels kernels;
    private final List<Step> steps;
    private final Scratch.Pool scratch = new Scratch.Pool();

    private final int[] lastUse;

    public FloatNetwork(Network network, Kernels kernels) {
        this(
                network,
                kernels,
                network.nodes().stream().map(node -> Steps.of(network, node, kernels)).toList());
    }

    private FloatNetwork(Network network, Kernels kernels, List<Step> steps) {
        this.network = network;
        this.kernels = kernels;
        this.steps = steps;
        this.lastUse = network.lastUse();
    }

    /** With the kernels that define the results. */
    public FloatNetwork(Network network) {
        this(network, Kernels.scalar());
    }

    public Network network() {
        return network;
    }

    /** What reports call our own engine, with the kernels it has here. */
    public String engine() {
        return FloatEngines.OWN + ", " + kernels.id() + " kernels";
    }

    /** This network with one node in place of another that has the same inputs and shape. */
    public FloatNetwork with(int index, Node node) {
        var replaced = new ArrayList<>(steps);
        replaced.set(index, Steps.of(network, node, kernels));
        return new FloatNetwork(network, kernels, replaced);
    }

    /**
     * The result of one node from the results of its inputs.
     *
     * @param node its index; not the input of the network, whose result is the image
     * @param results by index of the node; only those of its inputs are read
     */
    public float[] evaluate(int node, float[][] results) {
        var inputs = network.node(node).inputs();
        var operands = new float[inputs.size()][];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = results[inputs.get(i)];
        }
        var borrowed = scratch.borrow();
        var result = steps.get(node).run(operands, borrowed);
        scratch.giveBack(borrowed);
        return result;
    }

    /** The result of every node, in their order. */
    public float[][] runAll(float[] image) {
        return results(image, false);
    }

    @Override
    public float[] run(float[] image) {
        return results(image, true)[network.output()];
    }

    /** Nothing to give back. */
    @Override
    public void close() {}

    private float[][] results(float[] image, boolean forgetful) {
        requireImage(image);
        var results = new float[steps.size()][];
        results[0] = image;
        for (int i = 1; i < results.length; i++) {
            results[i] = evaluate(i, results);
            if (forgetful) {
                forget(i, results);
            }
        }
        return results;
    }

    private void forget(int user, float[][] results) {
        for (int input : network.node(user).inputs()) {
            if (lastUse[input] == user) {
                results[input] = null;
            }
        }
    }

    private void requireImage(float[] image) {
        Node input = network.node(0);
        if (image.length != input.shape().size()) {
            throw new IllegalArgumentException(
                    "an image of "
                            + input.shape()
                            + " has "
                            + input.shape().size()
                            + " numbers, had "
                            + image.length);
        }
    }
}
