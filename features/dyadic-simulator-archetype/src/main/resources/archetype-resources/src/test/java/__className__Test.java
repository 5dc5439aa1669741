package ${package};

import org.dyadic.api.sim.Simulator;
import org.dyadic.testkit.SimulatorContract;

/** What every simulator must do; add what only this one promises. */
class ${className}Test implements SimulatorContract {

    @Override
    public Simulator simulator() {
        return new ${className}();
    }
}
