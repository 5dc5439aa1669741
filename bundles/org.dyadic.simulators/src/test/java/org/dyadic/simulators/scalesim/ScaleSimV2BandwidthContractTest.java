package org.dyadic.simulators.scalesim;

import org.dyadic.api.sim.Simulator;
import org.dyadic.testkit.SimulatorContract;

class ScaleSimV2BandwidthContractTest implements SimulatorContract {

    @Override
    public Simulator simulator() {
        return new ScaleSimV2Bandwidth();
    }
}
