package org.dyadic.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one policy on one accelerator does with its area and its energy.
 *
 * @param top1 of the images, 0 to 1, if they were executed
 * @param operations of one image, two for each multiply-accumulate
 * @param seconds for one image
 * @param utilisation share of the time that elements multiply, 0 to 1
 * @param logic area of everything but memory, in mm2; {@code memory} that of the memories
 * @param working energy of the logic, in J; then of memory on the chip, of memory off it, and what
 *     leaks
 */
record Efficiency(
        String policy,
        String accelerator,
        OptionalDouble top1,
        double operations,
        double seconds,
        double utilisation,
        double logic,
        double memory,
        double working,
        double onChip,
        double offChip,
        double leaking) {

    /** All that came out in saved results, in their order. */
    static List<Efficiency> all(JsonObject results) {
        var all = new ArrayList<Efficiency>();
        for (var outcome : results.getAsJsonArray("outcomes")) {
            var one = outcome.getAsJsonObject();
            if (one.has("energy") && one.has("accelerator")) {
                all.add(of(one));
            }
        }
        return all;
    }

    private static Efficiency of(JsonObject outcome) {
        double logic = 0;
        double memory = 0;
        for (var share : outcome.getAsJsonObject("area").getAsJsonArray("shares")) {
            if (component(share).contains(" SRAM")) {
                memory += value(share);
            } else {
                logic += value(share);
            }
        }
        double working = 0;
        double onChip = 0;
        double offChip = 0;
        double leaking = 0;
        double macs = 0;
        double slots = 0; // what the array could have multiplied in the layers that multiply
        double multiplying = 0; // cycles of these
        double cycles = 0;
        for (var element : outcome.getAsJsonArray("layers")) {
            var layer = element.getAsJsonObject();
            if (!layer.has("energy")) {
                continue;
            }
            double utilisation = layer.get("utilisation").getAsDouble();
            double products = layer.getAsJsonObject("activity").get("macs").getAsDouble();
            double took = layer.get("cycles").getAsDouble();
            macs += products;
            slots += utilisation > 0 ? products / utilisation : 0;
            multiplying += utilisation > 0 ? took : 0;
            cycles += took;
            for (var share : layer.getAsJsonObject("energy").getAsJsonArray("shares")) {
                String purpose = share.getAsJsonObject().get("purpose").getAsString();
                if (purpose.equals("leakage")) {
                    leaking += value(share);
                } else if (purpose.equals("off-chip memory")) {
                    offChip += value(share);
                } else if (component(share).contains(" SRAM")) {
                    onChip += value(share);
                } else {
                    working += value(share);
                }
            }
        }
        return new Efficiency(
                outcome.get("policy").getAsString(),
                outcome.get("accelerator").getAsString(),
                outcome.has("accuracy")
                        ? OptionalDouble.of(
                                outcome.getAsJsonObject("accuracy").get("top1").getAsDouble())
                        : OptionalDouble.empty(),
                2 * macs,
                outcome.getAsJsonObject("latency").get("value").getAsDouble(),
                slots == 0 ? 0 : macs / slots * multiplying / cycles,
                logic,
                memory,
                working,
                onChip,
                offChip,
                leaking);
    }

    private static String component(JsonElement share) {
        return share.getAsJsonObject().get("component").getAsString();
    }

    private static double value(JsonElement share) {
        return share.getAsJsonObject().get("value").getAsDouble();
    }

    /** As a user names it. */
    String name() {
        return policy + ":" + accelerator;
    }

    /** Operations a second, in 10^9. */
    double throughput() {
        return operations / seconds * 1e-9;
    }

    double area() {
        return logic + memory;
    }

    double energy() {
        return working + onChip + offChip + leaking;
    }

    /** In GOPS/mm2. */
    double perArea() {
        return throughput() / area();
    }

    /** In GOPS/W, which are operations a nanojoule. */
    double perEnergy() {
        return operations / energy() * 1e-9;
    }
}
