package org.dyadic.workbench.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.network.Network;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.execution.IntegerNetwork;
import org.dyadic.execution.Layers;
import org.dyadic.execution.Normalisation;
import org.dyadic.execution.PluginFailure;
import org.dyadic.network.Folding;

/**
 * Everything that an experiment needs and that can be looked at before it runs: files, shapes,
 * rules. What is wrong is in the diagnostics; then the rest may be missing.
 */
final class Preparation {

    private final PluginCatalog catalog;
    private final Experiment experiment;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Runnable step;
    private final Set<DatasetUse> asked = new HashSet<>();
    private final Map<DatasetUse, Images> opened = new LinkedHashMap<>();
    private Network network;
    private Network folded;
    private Normalisation normalisation;
    private PolicyRules rules;

    Preparation(PluginCatalog catalog, Experiment experiment) {
        this(catalog, experiment, () -> {});
    }

    /**
     * @param step told after each of the {@link #files}
     */
    Preparation(PluginCatalog catalog, Experiment experiment, Runnable step) {
        this.catalog = catalog;
        this.experiment = experiment;
        this.step = step;
        readNetwork();
        step.run();
        experiment.dataset().ifPresent(this::open);
        experiment
                .policies()
                .forEach(
                        policy ->
                                policy.calibration()
                                        .map(Calibration::dataset)
                                        .ifPresent(this::open));
        if (network != null) {
            checkNetwork();
            experiment.policies().forEach(this::checkPolicy);
        }
    }

    /** How many files and folders are opened for an experiment. */
    static int files(Experiment experiment) {
        var datasets = new HashSet<>(experiment.dataset().stream().toList());
        experiment.policies().stream()
                .flatMap(policy -> policy.calibration().stream())
                .map(Calibration::dataset)
                .forEach(datasets::add);
        return 1 + datasets.size();
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /** As in the file. */
    Network network() {
        return network;
    }

    /** With batch normalisation folded into the layers. */
    Network folded() {
        return folded;
    }

    Normalisation normalisation() {
        return normalisation;
    }

    PolicyRules rules() {
        return rules;
    }

    Optional<Images> dataset() {
        return experiment.dataset().map(opened::get);
    }

    Optional<Images> calibration(PolicyUse policy) {
        return policy.calibration().map(calibration -> opened.get(calibration.dataset()));
    }

    /** As much as is known, even if the file cannot be read. */
    NetworkInfo networkInfo() {
        return networkInfo(experiment, Optional.of(this));
    }

    static NetworkInfo networkInfo(Experiment experiment, Optional<Preparation> preparation) {
        var network = preparation.map(Preparation::network);
        var use = experiment.network();
        String digest;
        try {
            digest = Digest.of(use.file());
        } catch (IOException unreadable) {
            digest = ""; // the file is gone; the diagnostics say so
        }
        return new NetworkInfo(
                use.name(),
                use.file().toString(),
                digest,
                network.map(Network::macs).orElse(0L),
                network.map(Network::parameters).orElse(0L));
    }

    private void report(Position at, IssueCode code, String message) {
        diagnostics.add(Diagnostic.at(at, code, message));
    }

    private void readNetwork() {
        var use = experiment.network();
        try {
            network = NetworkFiles.read(catalog, use.file());
            folded = Folding.fold(network);
            rules = new PolicyRules(catalog, folded);
        } catch (UnreadableFileException unreadable) {
            report(
                    use.at(),
                    unreadable.code(),
                    "network " + use.name() + ": " + unreadable.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            report(
                    use.at(),
                    IssueCode.PLUGIN_FAILED,
                    "network "
                            + use.name()
                            + ": the reader failed on "
                            + use.file()
                            + ": "
                            + PluginFailure.of(failure).getMessage());
        }
    }

    private void open(DatasetUse use) {
        if (!asked.add(use)) {
            return; // one that cannot be opened is told once, however many use it
        }
        try {
            openNew(use);
        } finally {
            step.run();
        }
    }

    private void openNew(DatasetUse use) {
        try {
            var reader =
                    catalog.dataset(use.format())
                            .orElseThrow(
                                    () ->
                                            new UnreadableFileException(
                                                    IssueCode.UNKNOWN_PLUGIN,
                                                    "data set format '"
                                                            + use.format()
                                                            + "' is no longer installed"));
            var opening =
                    Guard.call(
                            Images.plugin(use),
                            "opening " + use.location(),
                            UnreadableFileException.class,
                            () -> reader.open(use.location(), use.settings()));
            var images = Images.of(use, opening);
            if (images.size() == 0) {
                report(
                        use.at(),
                        IssueCode.OUT_OF_RANGE,
                        "dataset "
                                + use.name()
                                + (images.all() == 0
                                        ? " holds no images"
                                        : ": skip "
                                                + use.skip()
                                                + " leaves nothing of "
                                                + images.all()
                                                + " images; skip fewer"));
            } else {
                opened.put(use, images);
            }
        } catch (UnreadableFileException unreadable) {
            report(
                    use.at(),
                    unreadable.code(),
                    "dataset " + use.name() + ": " + unreadable.getMessage());
        } catch (PluginFailure failure) {
            diagnostics.add(failed(use, failure));
        }
    }

    /** What to say of a data set whose reader failed. */
    static Diagnostic failed(DatasetUse use, PluginFailure failure) {
        return Diagnostic.at(
                use.at(),
                IssueCode.PLUGIN_FAILED,
                "dataset "
                        + use.name()
                        + ": the reader of format "
                        + use.format()
                        + " failed: "
                        + failure.getMessage());
    }

    private void checkNetwork() {
        var use = experiment.network();
        int channels = network.inputShape().rank() == 0 ? 1 : network.inputShape().extent(0);
        var mean = numbers("mean", channels);
        var deviation = numbers("deviation", channels);
        normalisation =
                new Normalisation(mean.orElse(List.of(0.0)), deviation.orElse(List.of(1.0)));
        opened.forEach(
                (dataset, images) -> {
                    if (!images.shape().equals(network.inputShape())) {
                        report(
                                dataset.at(),
                                IssueCode.SHAPE_MISMATCH,
                                "dataset "
                                        + dataset.name()
                                        + " has images of "
                                        + images.shape()
                                        + ", but network "
                                        + use.name()
                                        + " takes "
                                        + network.inputShape()
                                        + "; convert the images, or"
                                        + " choose another network");
                    }
                });
        dataset()
                .ifPresent(
                        images -> {
                            if (!network.trained()) {
                                report(
                                        experiment.at(),
                                        IssueCode.NO_WEIGHTS,
                                        "network "
                                                + use.name()
                                                + " has shapes but no trained weights, so there is no accuracy to measure;"
                                                + " leave out the dataset to look at the hardware alone");
                            }
                            int classes = network.outputShape().size();
                            checkLabels(images, classes);
                        });
    }

    private void checkLabels(Images images, int classes) {
        try {
            var labels = images.labels();
            IntStream.range(0, labels.length)
                    .filter(image -> labels[image] >= classes)
                    .findFirst()
                    .ifPresent(image -> reportLabel(images, image, labels[image], classes));
        } catch (PluginFailure failure) {
            diagnostics.add(failed(images.use(), failure));
        }
    }

    private void reportLabel(Images images, int image, int label, int classes) {
        report(
                images.use().at(),
                IssueCode.SHAPE_MISMATCH,
                "dataset "
                        + images.use().name()
                        + " has label "
                        + label
                        + " at image "
                        + (images.first() + image)
                        + ", but network "
                        + experiment.network().name()
                        + " tells only "
                        + classes
                        + " classes apart, 0 to "
                        + (classes - 1)
                        + "; choose the network that belongs to these images");
    }

    /** A list from the file of the experiment, or from the metadata of the model. */
    private Optional<List<Double>> numbers(String name, int channels) {
        var use = experiment.network();
        Optional<List<Double>> numbers = Optional.empty();
        if (use.settings().has(name)) {
            numbers = Optional.of(use.settings().reals(name));
        } else if (network.metadata().containsKey(name)) {
            String text = network.metadata().get(name);
            try {
                numbers =
                        Optional.of(
                                Arrays.stream(text.split(","))
                                        .map(part -> Double.valueOf(part.trim()))
                                        .toList());
            } catch (NumberFormatException noNumber) {
                numbers = Optional.of(List.of(Double.NaN));
            }
            var allowed =
                    (ParameterType.Reals) NetworkUse.PARAMETERS.find(name).orElseThrow().type();
            if (!numbers.get().stream().allMatch(x -> x >= allowed.min() && x <= allowed.max())) {
                numbers = Optional.empty();
                report(
                        use.at(),
                        IssueCode.UNREADABLE_FILE,
                        "network "
                                + use.name()
                                + ": its metadata says "
                                + name
                                + " '"
                                + text
                                + "'; allowed: "
                                + allowed.allowed()
                                + ". State "
                                + name
                                + " in the file");
            }
        }
        if (numbers.isPresent() && numbers.get().size() != 1 && numbers.get().size() != channels) {
            report(
                    use.at(),
                    IssueCode.SHAPE_MISMATCH,
                    "network "
                            + use.name()
                            + ": "
                            + name
                            + " has "
                            + numbers.get().size()
                            + " numbers, but the input has "
                            + channels
                            + " channels; give one number, or one a channel");
            return Optional.empty();
        }
        return numbers;
    }

    private void checkPolicy(PolicyUse policy) {
        if (Layers.of(folded).isEmpty()) {
            report(
                    experiment.network().at(),
                    IssueCode.UNSUPPORTED_OPERATOR,
                    "network "
                            + experiment.network().name()
                            + " has no convolution and no dense layer, so there is nothing to quantize");
            return;
        }
        diagnostics.addAll(rules.check(policy));
        boolean accuracy = experiment.dataset().isPresent();
        if (accuracy && !PolicyRules.isFloat(rules.resolve(policy))) {
            IntegerNetwork.withoutIntegerForm(folded)
                    .ifPresent(
                            why ->
                                    report(
                                            policy.at(),
                                            IssueCode.UNSUPPORTED_OPERATOR,
                                            "policy "
                                                    + policy.name()
                                                    + " cannot be executed in integers: "
                                                    + why
                                                    + "; leave this network in float"));
        }
        if (accuracy
                && policy.calibration().isEmpty()
                && PolicyRules.quantizesActivations(rules.resolve(policy))) {
            report(
                    policy.at(),
                    IssueCode.NO_CALIBRATION,
                    "policy "
                            + policy.name()
                            + " quantizes activations but names no images to calibrate on; add 'calibrate DATASET'");
        }
    }
}
