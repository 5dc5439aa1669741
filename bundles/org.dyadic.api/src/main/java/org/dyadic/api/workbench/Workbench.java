package org.dyadic.api.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.report.Results;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one orchestrator. Faces ask it; they never call plugins themselves. Provided by the platform.
 */
@ProviderType
public interface Workbench {

    /**
     * What would keep an experiment from running, found without running it: files, shapes, rules
     * without layer, encodings that an accelerator refuses.
     */
    List<Diagnostic> check(Experiment experiment);

    /**
     * Runs an experiment that {@link #check} found no error in but plugins that failed: those break
     * what uses them, and nothing else. Never throws for what a user's files or a plugin do wrong;
     * that is in the results.
     */
    Results run(Experiment experiment, long seed, Progress progress);

    /**
     * Writes a new run folder into {@code runs} and returns it: the reports of every writer and the
     * resolved specification. Either the whole folder is there afterwards or, with an exception,
     * nothing.
     */
    Path save(Results results, Path runs) throws IOException;

    /** The results as one JSON object, the same as in {@code result.json}. */
    String json(Results results);

    /** What a model file holds. */
    Inspection inspect(Path model) throws UnreadableFileException;

    /**
     * How the rules of one policy of an experiment resolve, at once and without quantizing. As for
     * {@link #run}, what a user's files or a plugin do wrong is in the answer.
     */
    PolicyInspection resolve(Experiment experiment, String policy);

    /**
     * As {@link #resolve}, and quantizes: with what each quantizer made of each tensor. No test
     * image is executed. Activations are left out where there are no images to calibrate on, and
     * everything where the network has no trained weights.
     */
    PolicyInspection inspect(Experiment experiment, String policy, long seed, Progress progress);

    /** An inspection as one JSON object. */
    String json(PolicyInspection inspection);

    /**
     * What accuracy each layer of one policy of an experiment costs.
     *
     * @param images measured on the first so many images of the experiment's data set, at most
     */
    Sensitivity sensitivity(
            Experiment experiment, String policy, int images, long seed, Progress progress);

    /** A sensitivity as one JSON object. */
    String json(Sensitivity sensitivity);

    /**
     * Writes the network of an experiment, quantized as one policy says, as an ONNX model in
     * integers: the ones that execution has, in the arithmetic of an accelerator. As for {@link
     * #run}, what a user's files or a plugin do wrong is in the answer. Either the whole file is
     * there afterwards or, with an exception, what was there before.
     *
     * @param accelerator one of the experiment; without, the arithmetic is as wide as in
     *     experiments that name none
     * @param to a file in a folder that is there
     */
    Exported export(
            Experiment experiment,
            String policy,
            Optional<String> accelerator,
            Path to,
            long seed,
            Progress progress)
            throws IOException;

    /** What is logged and printed in this process. */
    default Logs logs() {
        return Logs.none();
    }
}
