package org.dyadic.costs;

import java.util.List;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.DramType;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.testkit.CostModelContract;

class GateTableContractTest implements CostModelContract {

    @Override
    public CostModel model() {
        return new GateTable();
    }

    @Override
    public List<Component> components() {
        return List.of(
                new Component.Multiplier(8, 8),
                new Component.Multiplier(2, 9),
                new Component.ShiftMultiplier(2, 7, 8),
                new Component.SubsetMultiplier(List.of(3, 1), 6, 8),
                new Component.Selector(4, 8),
                new Component.FusedMultiplier(8),
                new Component.Adder(32),
                new Component.Register(8),
                new Component.Decoder(4, 8),
                new Component.Requantize(new Requantizer.Multiplier(16), 32, 8),
                new Component.Requantize(new Requantizer.Multiplier(16), 32, 8, 4),
                new Component.Saturator(24, 16),
                new Component.Sram(64 << 10, 32),
                new Component.Dram(DramType.LPDDR4),
                new Component.Dram(8));
    }
}
