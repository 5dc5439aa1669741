package org.dyadic.api.network;

/** A function of one number, applied to each element. */
public sealed interface Function {

    /** The value of the function, in single precision as ONNX defines it. */
    float apply(float x);

    /** max(0, x). */
    record Relu() implements Function {
        @Override
        public float apply(float x) {
            return Math.max(0, x);
        }
    }

    /** x held between {@code low} and {@code high}, either of which may be infinite. */
    record Clip(float low, float high) implements Function {
        @Override
        public float apply(float x) {
            return Math.min(high, Math.max(low, x));
        }
    }

    /** x where positive, else {@code slope} times x. */
    record LeakyRelu(float slope) implements Function {
        @Override
        public float apply(float x) {
            return x >= 0 ? x : slope * x;
        }
    }

    /** 1 / (1 + exp(-x)). */
    record Sigmoid() implements Function {
        @Override
        public float apply(float x) {
            return (float) (1 / (1 + StrictMath.exp(-x)));
        }
    }

    /** max(0, min(1, alpha x + beta)). */
    record HardSigmoid(float alpha, float beta) implements Function {
        @Override
        public float apply(float x) {
            return Math.max(0, Math.min(1, alpha * x + beta));
        }
    }

    /** x max(0, min(1, x / 6 + 1 / 2)). */
    record HardSwish() implements Function {
        @Override
        public float apply(float x) {
            return x * Math.max(0, Math.min(1, x / 6 + 0.5f));
        }
    }

    /** The hyperbolic tangent. */
    record Tanh() implements Function {
        @Override
        public float apply(float x) {
            return (float) StrictMath.tanh(x);
        }
    }
}
