package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.lang.dyadic.Accelerator;
import org.dyadic.lang.dyadic.Dataset;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.Experiment;
import org.dyadic.lang.dyadic.Network;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.dyadic.Sweep;
import org.dyadic.lang.source.Program;

/** All checks of a program. What passes them is an experiment of the API: here EMF ends. */
public final class Checks implements SweepChecks.Varied {

    private final Program program;
    private final Findings findings = new Findings();
    private final NetworkChecks networks;
    private final DatasetChecks datasets;
    private final AcceleratorChecks accelerators;
    private final PolicyChecks policies;
    private final ExperimentChecks experiments;
    private final SweepChecks sweeps;

    private Checks(Program program, Catalog catalog, Variation variation) {
        this.program = program;
        var reading = new SettingsReading(program);
        var plugins = new PluginChecks(catalog, findings);
        var paths = new Paths(program, findings);
        networks = new NetworkChecks(program, paths, reading, plugins, variation);
        datasets = new DatasetChecks(program, paths, reading, plugins, variation);
        accelerators = new AcceleratorChecks(program, findings, reading, plugins, variation);
        policies = new PolicyChecks(program, findings, reading, plugins, datasets, variation);
        experiments =
                new ExperimentChecks(
                        program,
                        findings,
                        reading,
                        plugins,
                        networks,
                        datasets,
                        policies,
                        accelerators,
                        new ExpectationChecks(program, findings, reading, plugins),
                        variation);
        sweeps =
                new SweepChecks(program, findings, reading, it -> new Checks(program, catalog, it));
    }

    /** The sound experiments and sweeps of the root file, and the diagnostics of all files. */
    public static Reading read(Program program, Catalog catalog) {
        return checks(program, catalog).run(true);
    }

    /** The same but for the points of sweeps, which no editor waits for: there are no sweeps. */
    public static Reading glance(Program program, Catalog catalog) {
        return checks(program, catalog).run(false);
    }

    private static Checks checks(Program program, Catalog catalog) {
        var installed = List.copyOf(catalog.plugins());
        return new Checks(program, () -> installed, Variation.none());
    }

    private Reading run(boolean expand) {
        findings.addAll(program.diagnostics());
        var names = new NameChecks(program, findings);
        var references = new ReferenceChecks(program, findings);
        var sound = new ArrayList<org.dyadic.api.experiment.Experiment>();
        var swept = new ArrayList<org.dyadic.api.experiment.Sweep>();
        for (var file : program.models()) {
            names.check(file);
            references.check(file);
            boolean root = file == program.root();
            for (var declaration : file.getDeclarations()) {
                if (declaration instanceof Experiment experiment) {
                    experiments.check(experiment).filter(it -> root).ifPresent(sound::add);
                } else if (declaration instanceof Sweep sweep) {
                    sweeps.check(sweep, root && expand).ifPresent(swept::add);
                } else {
                    check(declaration);
                }
            }
        }
        names.checkUse(program.root());
        return new Reading(sound, swept, findings.inOrder());
    }

    private void check(Declaration declaration) {
        if (declaration instanceof Network network) {
            networks.use(network);
        } else if (declaration instanceof Dataset dataset) {
            datasets.use(dataset);
        } else if (declaration instanceof Accelerator accelerator) {
            accelerators.use(accelerator);
        } else if (declaration instanceof Policy policy) {
            policies.use(policy);
        }
    }

    @Override
    public Optional<org.dyadic.api.experiment.Experiment> experiment(Experiment experiment) {
        return experiments.check(experiment);
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return findings.inOrder();
    }
}
