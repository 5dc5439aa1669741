package ${package};

import org.dyadic.api.quant.Quantizer;
import org.dyadic.testkit.QuantizerContract;

/** What every quantizer must do; add what only this one promises. */
class ${className}Test implements QuantizerContract {

    @Override
    public Quantizer quantizer() {
        return new ${className}();
    }
}
