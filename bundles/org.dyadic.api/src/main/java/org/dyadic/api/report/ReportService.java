package org.dyadic.api.report;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Gives a {@link ReportWriter} component its id. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ReportService {

    /** What OSGi puts before the name of the property. */
    String PREFIX_ = "report.";

    /**
     * The word in the language: lowercase-with-hyphens, and permanent, because it stands in users'
     * files.
     */
    String id();
}
