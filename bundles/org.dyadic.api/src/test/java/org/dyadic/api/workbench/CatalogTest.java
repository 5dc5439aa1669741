package org.dyadic.api.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.ParameterSpec;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final PluginInfo UPOT = plugin(PluginKind.QUANTIZER, "upot");
    private static final PluginInfo ARRAY = plugin(PluginKind.BACKEND, "upot");

    private static final Catalog CATALOG = () -> List.of(UPOT, ARRAY);

    @Test
    void findsByKindAndId() {
        assertThat(CATALOG.find(PluginKind.BACKEND, "upot")).containsSame(ARRAY);
        assertThat(CATALOG.find(PluginKind.COST, "upot")).isEmpty();
        assertThat(CATALOG.ids(PluginKind.QUANTIZER)).containsExactly("upot");
        assertThat(CATALOG.ids(PluginKind.REPORT)).isEmpty();
    }

    @Test
    void kindsAreThePrefixesOfServiceProperties() {
        assertThat(Arrays.stream(PluginKind.values()).map(PluginKind::id))
                .containsExactly(
                        "quantizer", "backend", "simulator", "cost", "reader", "dataset", "report");
    }

    @Test
    void anInspectionKeepsItsCollectionsToItself() {
        var metadata = new HashMap<>(Map.of("mean", "1"));
        var layers = new ArrayList<Inspection.Layer>();
        layers.add(new Inspection.Layer("fc", "Dense", Shape.of(10), 100, 110));
        var inspection =
                new Inspection("n", Shape.of(10), Shape.of(10), 100, 110, true, metadata, layers);
        metadata.clear();
        layers.clear();
        assertThat(inspection.metadata()).containsEntry("mean", "1");
        assertThat(inspection.layers()).hasSize(1);
    }

    @Test
    void silentProgressNeverStops() {
        Progress.silent().advance("calibrate", 1, 2, "nodes");
        assertThat(Progress.silent().cancelled()).isFalse();
    }

    private static PluginInfo plugin(PluginKind kind, String id) {
        return new PluginInfo(kind, id, ParameterSpec.of("x"), "bundle", "1.0.0");
    }
}
