package org.dyadic.network;

import java.util.Optional;
import org.dyadic.api.network.Network;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Executes networks in single precision, beside our own {@link FloatNetwork}. A service, chosen by
 * {@link FloatEngines}. Thread-safe.
 */
@ConsumerType
public interface FloatEngine {

    /** The word that chooses it: {@code -Ddyadic.float=onnxruntime}. */
    String id();

    /** What reports call it, with its version. */
    String title();

    /**
     * Why it cannot work on this machine; nothing if it can. The first call may load a library, and
     * no call throws.
     */
    Optional<String> hindrance();

    /**
     * Opens a network.
     *
     * @throws FloatEngineException if the engine cannot execute it
     */
    FloatSession open(Network network);
}
