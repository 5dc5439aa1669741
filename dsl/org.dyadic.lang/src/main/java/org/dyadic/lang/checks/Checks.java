package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.lang.dyadic.Accelerator;
import org.dyadic.lang.dyadic.Dataset;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.Experiment;
import org.dyadic.lang.dyadic.Network;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.source.Program;

/** All checks of a program. What passes them is an experiment of the API: here EMF ends. */
public final class Checks {

    private final Program program;
    private final Findings findings = new Findings();
    private final NetworkChecks networks;
    private final DatasetChecks datasets;
    private final AcceleratorChecks accelerators;
    private final PolicyChecks policies;
    private final ExperimentChecks experiments;

    private Checks(Program program, Catalog catalog) {
        this.program = program;
        var reading = new SettingsReading(program);
        var plugins = new PluginChecks(catalog, findings);
        var paths = new Paths(program, findings);
        networks = new NetworkChecks(program, paths, reading, plugins);
        datasets = new DatasetChecks(program, paths, reading, plugins);
        accelerators = new AcceleratorChecks(program, findings, reading, plugins);
        policies = new PolicyChecks(program, findings, reading, plugins, datasets);
        experiments =
                new ExperimentChecks(
                        program,
                        findings,
                        plugins,
                        networks,
                        datasets,
                        policies,
                        accelerators,
                        new ExpectationChecks(program, findings, reading, plugins));
    }

    /** The sound experiments of the root file, and the diagnostics of all files. */
    public static Reading read(Program program, Catalog catalog) {
        var installed = List.copyOf(catalog.plugins());
        return new Checks(program, () -> installed).run();
    }

    private Reading run() {
        findings.addAll(program.diagnostics());
        var names = new NameChecks(program, findings);
        var references = new ReferenceChecks(program, findings);
        var sound = new ArrayList<org.dyadic.api.experiment.Experiment>();
        for (var file : program.models()) {
            names.check(file);
            references.check(file);
            for (var declaration : file.getDeclarations()) {
                check(declaration, file == program.root() ? sound : new ArrayList<>());
            }
        }
        names.checkUse(program.root());
        return new Reading(sound, findings.inOrder());
    }

    private void check(Declaration declaration, List<org.dyadic.api.experiment.Experiment> sound) {
        if (declaration instanceof Network network) {
            networks.use(network);
        } else if (declaration instanceof Dataset dataset) {
            datasets.use(dataset);
        } else if (declaration instanceof Accelerator accelerator) {
            accelerators.use(accelerator);
        } else if (declaration instanceof Policy policy) {
            policies.use(policy);
        } else if (declaration instanceof Experiment experiment) {
            experiments.check(experiment).ifPresent(sound::add);
        }
    }
}
