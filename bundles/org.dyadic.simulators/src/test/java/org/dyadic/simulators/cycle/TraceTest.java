package org.dyadic.simulators.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.Machines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceTest {

    /** A slice in cycles. */
    private record Slice(String lane, String name, long begin, long cycles) {
        long end() {
            return begin + cycles;
        }
    }

    private final CycleSimulator simulator = new CycleSimulator();

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void slicesOfALaneFollowEachOtherAndThoseOfAFoldFillIt(Dataflow dataflow) {
        var machine = Machines.array(4, 3, dataflow, Machines.AMPLE);
        var layers =
                List.of(
                        Machines.layer(20, 5, 9, 1, 8, 1),
                        Machines.layer(6, 1, 9, 5, 8, 0.5),
                        Machines.product(1, 10, 30));
        var lanes = lanes(machine, layers);

        for (var lane : lanes.values()) {
            for (int i = 1; i < lane.size(); i++) {
                assertThat(lane.get(i).begin()).isGreaterThanOrEqualTo(lane.get(i - 1).end());
            }
        }
        long clock = 0;
        for (int i = 0; i < layers.size(); i++) {
            var slice = lanes.get("layers").get(i);
            assertThat(slice.begin()).isEqualTo(clock);
            assertThat(slice.cycles())
                    .isEqualTo(simulator.estimate(machine, layers.get(i)).cycles());
            clock = slice.end();
        }
        assertThat(inside(lanes.get("folds"), lanes.get("layers"))).isEqualTo(clock);
        var phases = new ArrayList<Slice>();
        lanes.forEach(
                (lane, slices) -> {
                    if (!lane.equals("layers") && !lane.equals("folds")) {
                        phases.addAll(slices);
                    }
                });
        assertThat(lanes.containsKey("load")).isEqualTo(dataflow != Dataflow.OUTPUT_STATIONARY);
        assertThat(lanes).containsKeys("stream", "drain");
        phases.sort(Comparator.comparing(Slice::begin));
        assertThat(inside(phases, lanes.get("folds"))).isEqualTo(clock);
    }

    /** Cycles of slices that fill others without a gap; each lies in one of them. */
    private static long inside(List<Slice> slices, List<Slice> others) {
        long clock = 0;
        for (var slice : slices) {
            assertThat(slice.begin()).isEqualTo(clock);
            assertThat(others)
                    .anyMatch(one -> one.begin() <= slice.begin() && slice.end() <= one.end());
            clock = slice.end();
        }
        return clock;
    }

    @Test
    void manyFoldsShareASliceSoThatAnyTraceOpens() {
        var machine = Machines.array(2, 2, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var layers = List.of(Machines.product(3, 2, 2), Machines.layer(5, 500, 1000, 7, 8, 1));
        var lanes = lanes(machine, layers);

        assertThat(lanes.get("folds")).hasSizeBetween(1000, 4097);
        assertThat(lanes.get("folds").get(0).name()).isEqualTo("fold 1");
        assertThat(lanes.get("folds").get(1).name()).startsWith("folds 1 to ");
        assertThat(lanes.get("stream")).as("of the first layer alone").hasSize(1);
        assertThat(inside(lanes.get("folds"), lanes.get("layers")))
                .isEqualTo(lanes.get("layers").get(1).end());
    }

    @Test
    void aNameIsWhateverANetworkHas() {
        var machine = Machines.array(2, 2, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        String name = "a\"b\\c\n\u00e9,d";
        var layer = new Workload(name, 2, 2, 2, 1, 8, 8, 8, 4, 4, 1);
        var files =
                simulator.attachments(
                        machine, List.of(layer), List.of(simulator.estimate(machine, layer)));

        assertThat(lanes(machine, List.of(layer)).get("layers"))
                .extracting(Slice::name)
                .containsExactly(name);
        assertThat(files)
                .filteredOn(file -> file.file().equals("layers.csv"))
                .allSatisfy(
                        file -> assertThat(file.text()).contains("\n\"a\"\"b\\c\n\u00e9,d\",2,"));
    }

    /** Complete events by the name of their thread, in their order. */
    private Map<String, List<Slice>> lanes(Machine machine, List<Workload> layers) {
        var estimates = layers.stream().map(one -> simulator.estimate(machine, one)).toList();
        String text =
                simulator.attachments(machine, layers, estimates).stream()
                        .filter(file -> file.file().equals("trace.json"))
                        .findFirst()
                        .orElseThrow()
                        .text();
        var events =
                StreamSupport.stream(
                                JsonParser.parseString(text)
                                        .getAsJsonObject()
                                        .getAsJsonArray("traceEvents")
                                        .spliterator(),
                                false)
                        .map(one -> one.getAsJsonObject())
                        .toList();
        Map<Integer, String> threads =
                events.stream()
                        .filter(one -> name(one).equals("thread_name"))
                        .collect(
                                Collectors.toMap(
                                        one -> one.get("tid").getAsInt(),
                                        one -> name(one.getAsJsonObject("args"))));
        assertThat(events).allMatch(one -> one.get("pid").getAsInt() == 1);
        return events.stream()
                .filter(one -> one.get("ph").getAsString().equals("X"))
                .map(
                        one ->
                                new Slice(
                                        threads.get(one.get("tid").getAsInt()),
                                        name(one),
                                        cycles(one.get("ts").getAsBigDecimal()),
                                        cycles(one.get("dur").getAsBigDecimal())))
                .collect(Collectors.groupingBy(Slice::lane, TreeMap::new, Collectors.toList()));
    }

    private static String name(JsonObject event) {
        return event.get("name").getAsString();
    }

    /** A microsecond has a thousand. */
    private static long cycles(BigDecimal microseconds) {
        return microseconds.movePointRight(3).longValueExact();
    }
}
