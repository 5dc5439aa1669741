package org.dyadic.simulators.scalesim;

import org.dyadic.api.sim.Simulator;
import org.dyadic.testkit.SimulatorContract;

class ScaleSimSimulatorContractTest implements SimulatorContract {

    @Override
    public Simulator simulator() {
        return new ScaleSimSimulator();
    }
}
