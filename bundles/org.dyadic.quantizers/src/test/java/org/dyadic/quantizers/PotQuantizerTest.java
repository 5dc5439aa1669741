package org.dyadic.quantizers;

import org.dyadic.api.quant.Quantizer;
import org.dyadic.testkit.QuantizerContract;

class PotQuantizerTest implements QuantizerContract {

    @Override
    public Quantizer quantizer() {
        return new PotQuantizer();
    }
}
