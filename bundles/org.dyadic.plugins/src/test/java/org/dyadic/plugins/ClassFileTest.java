package org.dyadic.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.dyadic.plugins.guard.Exit;
import org.junit.jupiter.api.Test;

class ClassFileTest {

    private static final String EXIT = "java/lang/System.exit(I)V";

    /** What plugins should not do. */
    public static final class Ending implements Runnable {
        @Override
        public void run() {
            // A long and a double take two places in the constant pool.
            System.setProperty("a", "" + 123_456_789_012L + 1.5 + System.nanoTime());
            System.exit(17);
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void callsAreFound() throws IOException {
        assertThat(new ClassFile(bytes(Ending.class)).calls())
                .contains(EXIT, "java/lang/System.nanoTime()J");
    }

    @Test
    void aClassWhoseCallsAreLedElsewhereIsLoadedAndCallsElsewhere() throws Exception {
        String owner = Exit.class.getName().replace('.', '/');
        byte[] led = new ClassFile(bytes(Ending.class)).leading(EXIT, owner);
        assertThat(new ClassFile(led).calls()).contains(owner + ".exit(I)V").doesNotContain(EXIT);
        var loader =
                new ClassLoader(getClass().getClassLoader()) {
                    Class<?> define() {
                        return defineClass(Ending.class.getName(), led, 0, led.length);
                    }
                };
        var ending = (Runnable) loader.define().getDeclaredConstructor().newInstance();
        assertThatThrownBy(ending::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it tried to end the process with System.exit(17)");
    }

    @Test
    void aClassWithoutTheCallIsLeftAlone() throws IOException {
        byte[] before = bytes(String.class);
        assertThat(new ClassFile(before).leading(EXIT, "x/Y")).isSameAs(before);
    }

    @Test
    void whatIsNoClassIsSaidToBeNone() {
        assertThatThrownBy(() -> new ClassFile(new byte[] {1, 2, 3, 4, 5}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
