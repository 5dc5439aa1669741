package org.dyadic.api.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Gives a {@link Verb} component its word on the command line. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface VerbService {

    /** What OSGi puts before the names of the properties. */
    String PREFIX_ = "verb.";

    /** The word: lowercase letters. */
    String name();

    /** One line of help. */
    String description();

    /** True if it serves until its user ends it; plugins then come and go while it runs. */
    boolean lasting() default false;
}
