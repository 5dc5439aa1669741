package org.dyadic.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.Optional;
import org.dyadic.api.network.Network;
import org.dyadic.network.FloatEngine;
import org.dyadic.network.FloatEngineException;
import org.dyadic.network.FloatSession;
import org.dyadic.network.OnnxWriter;
import org.osgi.service.component.annotations.Component;

/**
 * ONNX Runtime on the processor. One thread for each image, because the platform runs images in
 * parallel, and one image at a time, because in a batch the last bits of a result depend on its
 * size.
 */
@Component
public final class OnnxRuntimeEngine implements FloatEngine {

    /** Loaded when first asked for, so that starting the platform does not pay. */
    private static final class Library {
        static final Optional<String> HINDRANCE = load();
    }

    @Override
    public String id() {
        return "onnxruntime";
    }

    @Override
    public String title() {
        return hindrance().isEmpty()
                ? "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion()
                : "ONNX Runtime";
    }

    @Override
    public Optional<String> hindrance() {
        return Library.HINDRANCE;
    }

    private static Optional<String> load() {
        try {
            // Its warnings are on models, which users of a platform cannot change.
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "dyadic");
            return Optional.empty();
        } catch (LinkageError | RuntimeException failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of(
                    "its native library does not load on "
                            + System.getProperty("os.name")
                            + " "
                            + System.getProperty("os.arch")
                            + ": "
                            + (cause.getMessage() == null
                                    ? cause.getClass().getSimpleName()
                                    : cause.getMessage().lines().findFirst().orElse("")));
        }
    }

    @Override
    public FloatSession open(Network network) {
        if (hindrance().isPresent()) {
            throw new FloatEngineException(title() + ": " + hindrance().get());
        }
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            var session = environment.createSession(OnnxWriter.write(network), options);
            return new OnnxRuntimeSession(environment, session, network.inputShape());
        } catch (OrtException | RuntimeException failure) {
            throw new FloatEngineException(
                    title() + " does not open " + network.name() + ": " + failure.getMessage(),
                    failure);
        }
    }
}
