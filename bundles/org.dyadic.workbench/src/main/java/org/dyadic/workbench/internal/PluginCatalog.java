package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginHealth;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.execution.PluginFailure;
import org.dyadic.workbench.log.Calls;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What is installed now. References are dynamic: a list is read afresh on each use and never kept.
 */
@Component(service = {Catalog.class, PluginCatalog.class})
public final class PluginCatalog implements Catalog {

    @Reference volatile List<Map.Entry<Map<String, Object>, Quantizer>> quantizers = List.of();

    @Reference volatile List<Map.Entry<Map<String, Object>, Backend>> backends = List.of();

    @Reference volatile List<Map.Entry<Map<String, Object>, Simulator>> simulators = List.of();

    @Reference volatile List<Map.Entry<Map<String, Object>, CostModel>> costs = List.of();

    @Reference volatile List<Map.Entry<Map<String, Object>, NetworkReader>> readers = List.of();

    @Reference volatile List<Map.Entry<Map<String, Object>, DatasetReader>> datasets = List.of();

    @Reference volatile List<Map.Entry<Map<String, Object>, ReportWriter>> reports = List.of();

    private final Optional<BundleContext> context;
    private Optional<List<PluginInfo>> described = Optional.empty();

    @Activate
    public PluginCatalog(BundleContext context) {
        this.context = Optional.of(context);
    }

    /** A catalog outside a framework, for tests. */
    PluginCatalog() {
        this.context = Optional.empty();
    }

    private PluginCatalog(PluginCatalog now) {
        context = now.context;
        quantizers = now.quantizers;
        backends = now.backends;
        simulators = now.simulators;
        costs = now.costs;
        readers = now.readers;
        datasets = now.datasets;
        reports = now.reports;
        described = Optional.of(plugins());
    }

    /**
     * What is installed at this moment, for good: what a run works with to its end, and names in
     * its provenance, whatever is replaced meanwhile.
     */
    PluginCatalog frozen() {
        return new PluginCatalog(this);
    }

    /**
     * A plugin as failures name it, such as {@code quantizer pot}, with the bundle and the version
     * it is from, if that is known.
     */
    String withVersion(String plugin) {
        return plugins().stream()
                .filter(info -> (info.kind().id() + " " + info.id()).equals(plugin))
                .filter(info -> !info.bundle().isEmpty())
                .findFirst()
                .map(info -> plugin + " (" + info.bundle() + " " + info.version() + ")")
                .orElse(plugin);
    }

    @Override
    public List<PluginHealth> health() {
        return Calls.health();
    }

    @Override
    public List<PluginInfo> plugins() {
        return described.orElseGet(this::describe);
    }

    private List<PluginInfo> describe() {
        var all = new ArrayList<PluginInfo>();
        add(all, PluginKind.QUANTIZER, quantizers, Quantizer::parameters);
        add(all, PluginKind.BACKEND, backends, Backend::parameters);
        add(all, PluginKind.SIMULATOR, simulators, Simulator::parameters);
        add(all, PluginKind.COST, costs, cost -> ParameterSpec.of(cost.documentation()));
        add(all, PluginKind.READER, readers, reader -> ParameterSpec.of("reads networks"));
        add(all, PluginKind.DATASET, datasets, DatasetReader::parameters);
        add(
                all,
                PluginKind.REPORT,
                reports,
                report -> ParameterSpec.of("writes " + report.fileName()));
        return List.copyOf(all);
    }

    Optional<Quantizer> quantizer(String id) {
        return Optional.ofNullable(byId("quantizer", quantizers).get(id))
                .map(Map.Entry::getValue)
                .map(quantizer -> Guard.guarded("quantizer " + id, quantizer));
    }

    Optional<Backend> backend(String id) {
        return Optional.ofNullable(byId("backend", backends).get(id)).map(Map.Entry::getValue);
    }

    Optional<DatasetReader> dataset(String id) {
        return Optional.ofNullable(byId("dataset", datasets).get(id)).map(Map.Entry::getValue);
    }

    /** Simulators by id, in the order of their ids. */
    Map<String, Simulator> simulators() {
        return values(byId("simulator", simulators));
    }

    Map<String, ReportWriter> reports() {
        return values(byId("report", reports));
    }

    /** Readers by the names that failures have for them, the one to ask first in front. */
    Map<String, NetworkReader> readers() {
        var inOrder = new LinkedHashMap<String, NetworkReader>();
        byRank(readers)
                .forEach(
                        service ->
                                inOrder.putIfAbsent(
                                        "reader "
                                                + service.getKey()
                                                        .getOrDefault(
                                                                "reader.id",
                                                                service.getValue()
                                                                        .getClass()
                                                                        .getSimpleName()),
                                        service.getValue()));
        return inOrder;
    }

    /** Cost models, the one to ask first in front. */
    List<CostModel> costs() {
        return byRank(costs).map(Map.Entry::getValue).toList();
    }

    private <T> void add(
            List<PluginInfo> all,
            PluginKind kind,
            List<Map.Entry<Map<String, Object>, T>> services,
            Function<T, ParameterSpec> parameters) {
        byId(kind.id(), services)
                .forEach(
                        (id, service) -> {
                            var bundle =
                                    context.map(
                                            framework ->
                                                    framework.getBundle(
                                                            (Long)
                                                                    service.getKey()
                                                                            .getOrDefault(
                                                                                    "service.bundleid",
                                                                                    0L)));
                            String name = bundle.map(b -> b.getSymbolicName()).orElse("");
                            String version = bundle.map(b -> b.getVersion().toString()).orElse("");
                            String plugin = kind.id() + " " + id;
                            Calls.comesFrom(plugin, name, version);
                            all.add(
                                    new PluginInfo(
                                            kind,
                                            id,
                                            description(
                                                    plugin,
                                                    () -> parameters.apply(service.getValue())),
                                            name,
                                            version));
                        });
    }

    /** A plugin that cannot even say what it is stays visible, and takes no settings. */
    private static ParameterSpec description(String plugin, Supplier<ParameterSpec> asked) {
        try {
            return Guard.call(plugin, "describing itself", asked);
        } catch (PluginFailure failure) {
            return ParameterSpec.of("failed to describe itself: " + failure.getMessage());
        }
    }

    private static <T> Map<String, T> values(
            Map<String, Map.Entry<Map<String, Object>, T>> services) {
        var values = new TreeMap<String, T>();
        services.forEach((id, service) -> values.put(id, service.getValue()));
        return values;
    }

    /** Of two services with one id, the one of higher ranking. One without id is no plugin. */
    private static <T> Map<String, Map.Entry<Map<String, Object>, T>> byId(
            String kind, List<Map.Entry<Map<String, Object>, T>> services) {
        var found = new TreeMap<String, Map.Entry<Map<String, Object>, T>>();
        byRank(services)
                .forEach(
                        service -> {
                            if (service.getKey().get(kind + ".id") instanceof String id) {
                                found.putIfAbsent(id, service);
                            }
                        });
        return found;
    }

    private static <T> java.util.stream.Stream<Map.Entry<Map<String, Object>, T>> byRank(
            List<Map.Entry<Map<String, Object>, T>> services) {
        return services.stream()
                .sorted(
                        Comparator.comparingInt(
                                        (Map.Entry<Map<String, Object>, T> service) ->
                                                (Integer)
                                                        service.getKey()
                                                                .getOrDefault("service.ranking", 0))
                                .reversed()
                                .thenComparing(
                                        service ->
                                                (Long)
                                                        service.getKey()
                                                                .getOrDefault("service.id", 0L)));
    }
}
