package org.dyadic.api.sim;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Gives a {@link Simulator} component its id. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SimulatorService {

    /** What OSGi puts before the name of the property. */
    String PREFIX_ = "simulator.";

    /**
     * The word in the language: lowercase-with-hyphens, and permanent, because it stands in users'
     * files.
     */
    String id();
}
