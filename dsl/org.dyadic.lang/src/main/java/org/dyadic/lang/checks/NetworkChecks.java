package org.dyadic.lang.checks;

import java.util.Optional;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.Network;
import org.dyadic.lang.source.Program;

/** Networks: a path and how samples become input. Whether the file is a model is not asked here. */
final class NetworkChecks {

    private final Program program;
    private final Paths paths;
    private final SettingsReading reading;
    private final PluginChecks plugins;
    private final Variation variation;
    private final Once<Network, NetworkUse> uses = new Once<>(this::check);

    NetworkChecks(
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

    Optional<NetworkUse> use(Network network) {
        return uses.of(network);
    }

    private Optional<NetworkUse> check(Network network) {
        var at = program.at(network, Literals.NETWORK__PATH);
        var file = paths.resolve(network, network.getPath(), at);
        var settings =
                plugins.settings(
                        "network '" + network.getName() + "'",
                        NetworkUse.PARAMETERS,
                        variation.settings(
                                network,
                                reading.settings(network.getBlock()),
                                NetworkUse.PARAMETERS),
                        at);
        return file.flatMap(
                path -> settings.map(it -> new NetworkUse(network.getName(), path, it, at)));
    }
}
