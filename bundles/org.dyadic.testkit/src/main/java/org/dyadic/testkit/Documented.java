package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;

/** What every plugin says about itself. */
final class Documented {

    private Documented() {}

    /** A line on the plugin and on each parameter, and defaults that hold. */
    static void check(ParameterSpec spec) {
        line(spec.documentation(), "documentation");
        spec.parameters().forEach(Documented::check);
        assertThat(spec.defaults()).isNotNull();
    }

    private static void check(Parameter parameter) {
        line(parameter.documentation(), "documentation of " + parameter.name());
        if (parameter.type() instanceof ParameterType.Block block) {
            block.spec().parameters().forEach(Documented::check);
        }
    }

    /** One line that is not blank. */
    static void line(String text, String what) {
        assertThat(text).as(what).isNotBlank().hasLineCount(1);
    }

    /** The end of a sentence that somebody else began. */
    static void endOfASentence(String text, String what) {
        line(text, what);
        assertThat(text).as(what).isEqualTo(text.strip()).doesNotEndWith(".");
    }
}
