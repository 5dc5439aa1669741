package org.dyadic.lang.checks;

import java.util.Optional;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.dyadic.Dataset;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.source.Program;

/** Data sets: a path, an installed format and its settings. The files are not opened here. */
final class DatasetChecks {

    private final Program program;
    private final Paths paths;
    private final SettingsReading reading;
    private final PluginChecks plugins;
    private final Variation variation;
    private final Once<Dataset, DatasetUse> uses = new Once<>(this::check);

    DatasetChecks(
            Program program,
            Paths paths,
            SettingsReading reading,
            PluginChecks plugins,
            Variation variation) {
        this.program = program;
        this.paths = paths;
        this.reading = reading;
        this.plugins = plugins;
        this.variation = variation;
    }

    Optional<DatasetUse> use(Dataset dataset) {
        return uses.of(dataset);
    }

    private Optional<DatasetUse> check(Dataset dataset) {
        var at = program.at(dataset, Literals.DATASET__PATH);
        var location = paths.resolve(dataset, dataset.getPath(), at);
        var format =
                plugins.find(
                        PluginKind.DATASET,
                        dataset.getFormat(),
                        program.at(dataset, Literals.DATASET__FORMAT));
        var settings =
                format.map(PluginInfo::parameters)
                        .map(DatasetUse::parameters)
                        .flatMap(
                                spec ->
                                        plugins.settings(
                                                "format " + dataset.getFormat(),
                                                spec,
                                                variation.settings(
                                                        dataset,
                                                        reading.settings(dataset.getBlock()),
                                                        spec),
                                                program.at(dataset, Literals.DATASET__FORMAT)));
        return location.flatMap(
                path ->
                        settings.map(
                                it ->
                                        new DatasetUse(
                                                dataset.getName(),
                                                path,
                                                dataset.getFormat(),
                                                it,
                                                at)));
    }
}
