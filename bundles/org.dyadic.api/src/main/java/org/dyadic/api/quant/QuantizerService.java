package org.dyadic.api.quant;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Gives a {@link Quantizer} component its id. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface QuantizerService {

    /** What OSGi puts before the name of the property. */
    String PREFIX_ = "quantizer.";

    /**
     * The word in the language: lowercase-with-hyphens, and permanent, because it stands in users'
     * files.
     */
    String id();
}
