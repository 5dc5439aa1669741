package org.dyadic.api.experiment;

import java.util.Locale;

/**
 * A word that selects layers by what or where they are. A layer is a convolution or a dense layer.
 */
public enum LayerClass {
    FIRST("the first layer"),
    LAST("the last layer"),
    CONVOLUTION("every convolution"),
    DEPTHWISE("every depth-wise convolution"),
    POINTWISE("every 1 x 1 convolution"),
    DENSE("every dense layer");

    private final String meaning;

    LayerClass(String meaning) {
        this.meaning = meaning;
    }

    /** One line for documentation. */
    public String meaning() {
        return meaning;
    }

    /** The word in the language. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
