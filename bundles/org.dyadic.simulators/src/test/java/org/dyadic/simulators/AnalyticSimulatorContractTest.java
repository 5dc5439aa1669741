package org.dyadic.simulators;

import org.dyadic.api.sim.Simulator;
import org.dyadic.testkit.SimulatorContract;

class AnalyticSimulatorContractTest implements SimulatorContract {

    @Override
    public Simulator simulator() {
        return new AnalyticSimulator();
    }
}
