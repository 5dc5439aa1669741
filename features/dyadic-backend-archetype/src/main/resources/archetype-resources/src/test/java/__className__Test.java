package ${package};

import org.dyadic.api.hardware.Backend;
import org.dyadic.testkit.BackendContract;

/** What every backend must do; add what only this one promises. */
class ${className}Test implements BackendContract {

    @Override
    public Backend backend() {
        return new ${className}();
    }
}
