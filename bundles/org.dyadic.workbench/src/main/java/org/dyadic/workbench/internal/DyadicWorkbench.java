package org.dyadic.workbench.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.network.Network;
import org.dyadic.api.report.Results;
import org.dyadic.api.workbench.Exported;
import org.dyadic.api.workbench.Inspection;
import org.dyadic.api.workbench.Logs;
import org.dyadic.api.workbench.MissingPluginException;
import org.dyadic.api.workbench.Plugins;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.Progress;
import org.dyadic.api.workbench.Sensitivity;
import org.dyadic.api.workbench.Workbench;
import org.dyadic.kernels.KernelChoice;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatEngines;
import org.dyadic.workbench.log.Journal;
import org.dyadic.workbench.report.JsonReport;
import org.dyadic.workbench.report.PolicyJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The orchestrator: each request goes to the class that does it. */
@Component
public final class DyadicWorkbench implements Workbench {

    private final PluginCatalog catalog;
    private final KernelChoice kernels;
    private final FloatEngines floats;
    private final Journal journal;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Plugins plugins;

    @Activate
    public DyadicWorkbench(
            @Reference PluginCatalog catalog,
            @Reference KernelChoice kernels,
            @Reference FloatEngines floats,
            @Reference Journal journal) {
        this.catalog = catalog;
        this.kernels = kernels;
        this.floats = floats;
        this.journal = journal;
    }

    /** A catalog that stays as it is, and keeps what is in it loadable, until it is closed. */
    private final class Held implements AutoCloseable {
        // First the lease, then the catalog: what is replaced in between is in neither.
        private final Optional<Plugins.Lease> lease =
                Optional.ofNullable(plugins).map(Plugins::lease);
        private final PluginCatalog catalog = DyadicWorkbench.this.catalog.frozen();

        @Override
        public void close() {
            lease.ifPresent(Plugins.Lease::close);
        }
    }

    @Override
    public Logs logs() {
        return journal;
    }

    private Kernels kernels() {
        kernels.hindrance()
                .ifPresent(
                        why -> {
                            throw new MissingPluginException(why);
                        });
        return kernels.chosen();
    }

    @Override
    public List<Diagnostic> check(Experiment experiment) {
        try (var held = new Held()) {
            var preparation = new Preparation(held.catalog, experiment);
            var found = new ArrayList<>(preparation.diagnostics());
            if (found.stream().noneMatch(Diagnostic::isError)) {
                found.addAll(new Feasibility(held.catalog, experiment, preparation).check());
            }
            return List.copyOf(found);
        }
    }

    @Override
    public Results run(Experiment experiment, long seed, Progress progress) {
        try (var held = new Held()) {
            return new Run(held.catalog, kernels(), floats, journal, experiment, seed, progress)
                    .results();
        }
    }

    @Override
    public Path save(Results results, Path runs) throws IOException {
        try (var held = new Held()) {
            return RunFolder.write(results, runs, held.catalog.reports(), journal);
        }
    }

    @Override
    public String json(Results results) {
        return JsonReport.json(results);
    }

    @Override
    public Inspection inspect(Path model) throws UnreadableFileException {
        Network network;
        try (var held = new Held()) {
            network = NetworkFiles.read(held.catalog, model);
        }
        var layers =
                network.nodes().stream()
                        .map(
                                node ->
                                        new Inspection.Layer(
                                                node.name(),
                                                node.operation().getClass().getSimpleName(),
                                                node.shape(),
                                                Network.macs(node),
                                                Network.parameters(node)))
                        .toList();
        return new Inspection(
                network.name(),
                network.inputShape(),
                network.outputShape(),
                network.macs(),
                network.parameters(),
                network.trained(),
                network.metadata(),
                layers);
    }

    @Override
    public PolicyInspection resolve(Experiment experiment, String policy) {
        try (var held = new Held()) {
            return new Inspector(held.catalog, experiment, policy).resolve();
        }
    }

    @Override
    public PolicyInspection inspect(
            Experiment experiment, String policy, long seed, Progress progress) {
        try (var held = new Held()) {
            return new Inspector(held.catalog, experiment, policy)
                    .inspect(kernels(), seed, progress);
        }
    }

    @Override
    public String json(PolicyInspection inspection) {
        return PolicyJson.json(inspection);
    }

    @Override
    public Sensitivity sensitivity(
            Experiment experiment, String policy, int images, long seed, Progress progress) {
        try (var held = new Held()) {
            return new SensitivityStudy(
                            held.catalog, kernels(), experiment, policy, images, seed, progress)
                    .result();
        }
    }

    @Override
    public String json(Sensitivity sensitivity) {
        return PolicyJson.json(sensitivity);
    }

    @Override
    public Exported export(
            Experiment experiment,
            String policy,
            Optional<String> accelerator,
            Path to,
            long seed,
            Progress progress)
            throws IOException {
        try (var held = new Held()) {
            return new Exporter(
                            held.catalog,
                            kernels(),
                            experiment,
                            policy,
                            accelerator,
                            seed,
                            progress)
                    .to(to);
        }
    }
}
