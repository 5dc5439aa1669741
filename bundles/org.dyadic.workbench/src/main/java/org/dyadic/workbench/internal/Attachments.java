package org.dyadic.workbench.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.sim.Attachment;

/**
 * Writes the files of simulators into a run folder: {@code <simulator>/<accelerator>/<file>}, and a
 * folder a policy below that where they differ by policy.
 */
final class Attachments {

    private Attachments() {}

    static void write(List<Outcome> outcomes, Path folder) throws IOException {
        var accelerators = new LinkedHashMap<Path, Map<String, List<Attachment>>>();
        for (var outcome : outcomes) {
            if (outcome instanceof Outcome.Completed completed
                    && completed.hardware().isPresent()) {
                HardwareResult hardware = completed.hardware().get();
                accelerators
                        .computeIfAbsent(
                                Path.of(hardware.simulator(), completed.accelerator().orElse("")),
                                key -> new LinkedHashMap<>())
                        .put(completed.policy(), hardware.attachments());
            }
        }
        for (var accelerator : accelerators.entrySet()) {
            var policies = accelerator.getValue();
            boolean same = new HashSet<>(policies.values()).size() == 1;
            var place = folder.resolve(accelerator.getKey());
            for (var policy : policies.entrySet()) {
                fill(policy.getValue(), same ? place : place.resolve(policy.getKey()));
            }
        }
    }

    private static void fill(List<Attachment> attachments, Path folder) throws IOException {
        for (var attachment : attachments) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(attachment.file()), attachment.text());
        }
    }
}
