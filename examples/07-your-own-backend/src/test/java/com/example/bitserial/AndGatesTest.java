package com.example.bitserial;

import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.testkit.CostModelContract;

import java.util.List;

class AndGatesTest implements CostModelContract {

    @Override
    public CostModel model() {
        return new AndGates();
    }

    @Override
    public List<Component> components() {
        return List.of(
                new Component.Special(BitSerialArray.BIT_PRODUCT, 1),
                new Component.Special(BitSerialArray.BIT_PRODUCT, 8));
    }
}
