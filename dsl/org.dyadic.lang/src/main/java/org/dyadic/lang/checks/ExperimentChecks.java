package org.dyadic.lang.checks;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.SimulatorUse;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.dyadic.Accelerator;
import org.dyadic.lang.dyadic.Dataset;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.Experiment;
import org.dyadic.lang.dyadic.Network;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.source.Program;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Experiments: they have all their parts, each once, and every part is sound. */
final class ExperimentChecks {

    private final Program program;
    private final Findings findings;
    private final SettingsReading reading;
    private final PluginChecks plugins;
    private final NetworkChecks networks;
    private final DatasetChecks datasets;
    private final PolicyChecks policies;
    private final AcceleratorChecks accelerators;
    private final ExpectationChecks expectations;
    private final Variation variation;

    ExperimentChecks(
            Program program,
            Findings findings,
            SettingsReading reading,
            PluginChecks plugins,
            NetworkChecks networks,
            DatasetChecks datasets,
            PolicyChecks policies,
            AcceleratorChecks accelerators,
            ExpectationChecks expectations,
            Variation variation) {
        this.program = program;
        this.findings = findings;
        this.reading = reading;
        this.plugins = plugins;
        this.networks = networks;
        this.datasets = datasets;
        this.policies = policies;
        this.accelerators = accelerators;
        this.expectations = expectations;
        this.variation = variation;
    }

    /** The experiment, unless anything in what it uses is wrong. */
    Optional<org.dyadic.api.experiment.Experiment> check(Experiment experiment) {
        var name = program.at(experiment, Literals.DECLARATION__NAME);
        boolean whole = hasItsParts(experiment, name);
        whole &= oncePerPart(experiment);
        whole &= isSet(experiment, Literals.EXPERIMENT__POLICIES, experiment.getPolicies());
        whole &= isSet(experiment, Literals.EXPERIMENT__ACCELERATORS, experiment.getAccelerators());
        var simulator = simulator(experiment);
        whole &= simulator.isPresent() == !experiment.getSimulations().isEmpty();
        var limits = experiment.getExpectations().stream().map(expectations::check).toList();
        whole &= limits.stream().allMatch(Optional::isPresent);

        var network = uses(experiment.getNetworks(), networks::use, Network.class);
        List<Optional<DatasetUse>> dataset =
                uses(experiment.getDatasets(), datasets::use, Dataset.class);
        List<Optional<PolicyUse>> all = uses(experiment.getPolicies(), policies::use, Policy.class);
        List<Optional<AcceleratorUse>> machines =
                uses(experiment.getAccelerators(), accelerators::use, Accelerator.class);
        whole &= allSound(network) && allSound(dataset) && allSound(all) && allSound(machines);
        return whole
                ? Optional.of(
                        new org.dyadic.api.experiment.Experiment(
                                experiment.getName(),
                                network.get(0).get(),
                                dataset.stream().flatMap(Optional::stream).findFirst(),
                                all.stream().map(Optional::get).toList(),
                                machines.stream().map(Optional::get).toList(),
                                simulator,
                                limits.stream().map(Optional::get).toList(),
                                program.pathOf(experiment),
                                name))
                : Optional.empty();
    }

    private boolean hasItsParts(Experiment experiment, Position at) {
        String missing = null;
        if (experiment.getNetworks().isEmpty()) {
            missing = "needs a network; write 'network' and the name of one";
        } else if (experiment.getPolicies().isEmpty()) {
            missing = "needs policies; write 'policies' and their names, separated by commas";
        } else if (experiment.getDatasets().isEmpty() && experiment.getAccelerators().isEmpty()) {
            missing =
                    "measures nothing; write 'dataset' and the name of one for accuracy,"
                            + " 'accelerators' and their names for hardware, or both";
        }
        if (missing != null) {
            findings.report(
                    at,
                    IssueCode.MISSING_PART,
                    "experiment '" + experiment.getName() + "' " + missing);
        }
        return missing == null;
    }

    private boolean oncePerPart(Experiment experiment) {
        boolean networks = once(experiment, Literals.EXPERIMENT__NETWORKS, "network");
        boolean datasets = once(experiment, Literals.EXPERIMENT__DATASETS, "dataset");
        boolean simulators = once(experiment, Literals.EXPERIMENT__SIMULATIONS, "simulator");
        return networks && datasets && simulators;
    }

    private boolean once(Experiment experiment, EStructuralFeature feature, String keyword) {
        int times = ((List<?>) experiment.eGet(feature)).size();
        for (int i = 1; i < times; i++) {
            findings.report(
                    program.at(experiment, feature, i),
                    IssueCode.DUPLICATE_SETTING,
                    "'" + keyword + "' is given twice; an experiment has one");
        }
        return times <= 1;
    }

    private boolean isSet(
            Experiment experiment,
            EStructuralFeature feature,
            EList<? extends Declaration> listed) {
        var seen = new HashSet<Declaration>();
        boolean distinct = true;
        for (int i = 0; i < listed.size(); i++) {
            if (!listed.get(i).eIsProxy() && !seen.add(listed.get(i))) {
                findings.report(
                        program.at(experiment, feature, i),
                        IssueCode.DUPLICATE_NAME,
                        "'" + listed.get(i).getName() + "' is listed twice; remove one of them");
                distinct = false;
            }
        }
        return distinct;
    }

    private Optional<SimulatorUse> simulator(Experiment experiment) {
        if (experiment.getSimulations().isEmpty()) {
            return Optional.empty();
        }
        var simulation = experiment.getSimulations().get(0);
        var named =
                new Variation.Named(
                        simulation.getSimulator(),
                        program.at(simulation, Literals.SIMULATION__SIMULATOR));
        return plugins.use(
                        PluginKind.SIMULATOR,
                        simulation,
                        named,
                        reading.settings(simulation.getBlock()),
                        variation)
                .map(use -> new SimulatorUse(use.id(), Optional.of(use.settings()), use.at()));
    }

    private static <D extends Declaration, U> List<Optional<U>> uses(
            List<D> listed, Function<D, Optional<U>> use, Class<D> kind) {
        return listed.stream()
                .map(it -> it.eIsProxy() ? Optional.<U>empty() : use.apply(kind.cast(it)))
                .toList();
    }

    private static <U> boolean allSound(List<Optional<U>> uses) {
        return uses.stream().allMatch(Optional::isPresent);
    }
}
