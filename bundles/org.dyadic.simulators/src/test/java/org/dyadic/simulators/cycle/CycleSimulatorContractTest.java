package org.dyadic.simulators.cycle;

import org.dyadic.api.sim.Simulator;
import org.dyadic.testkit.SimulatorContract;

class CycleSimulatorContractTest implements SimulatorContract {

    @Override
    public Simulator simulator() {
        return new CycleSimulator();
    }
}
