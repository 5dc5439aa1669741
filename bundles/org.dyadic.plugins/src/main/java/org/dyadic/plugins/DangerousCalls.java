package org.dyadic.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Calls by which a plugin could end the process. {@code System.exit} is not among them, because
 * {@link ExitWeaver} sees to it.
 */
final class DangerousCalls {

    private static final Map<String, String> CALLS =
            Map.of(
                    "java/lang/Runtime.halt(I)V", "Runtime.halt",
                    "java/lang/Runtime.exit(I)V", "Runtime.exit");

    private DangerousCalls() {}

    /** Each with the class that calls, such as {@code Runtime.halt in com.acme.Pot}. */
    static List<String> in(JarFile jar) throws IOException {
        var found = new TreeMap<String, String>();
        for (JarEntry entry : new ArrayList<>(jar.stream().toList())) {
            if (!entry.getName().endsWith(".class")) {
                continue;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                for (String call : new ClassFile(in.readAllBytes()).calls()) {
                    if (CALLS.containsKey(call)) {
                        found.putIfAbsent(CALLS.get(call), entry.getName());
                    }
                }
            } catch (IllegalArgumentException e) {
                // Something that only ends like a class; nobody can load it.
            }
        }
        return found.entrySet().stream()
                .map(
                        call ->
                                call.getKey()
                                        + " in "
                                        + call.getValue()
                                                .replaceFirst("\\.class$", "")
                                                .replace('/', '.'))
                .toList();
    }
}
