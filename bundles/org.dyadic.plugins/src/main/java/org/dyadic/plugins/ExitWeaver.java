package org.dyadic.plugins;

import java.util.function.Predicate;
import org.dyadic.plugins.guard.Exit;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/**
 * Leads {@code System.exit} in the classes of plugins to an exception. Java has no other means
 * since its security manager went.
 */
final class ExitWeaver implements WeavingHook {

    private static final String EXIT = "java/lang/System.exit(I)V";

    private final Predicate<Bundle> plugins;

    ExitWeaver(Predicate<Bundle> plugins) {
        this.plugins = plugins;
    }

    @Override
    public void weave(WovenClass type) {
        if (!plugins.test(type.getBundleWiring().getBundle())) {
            return;
        }
        byte[] before = type.getBytes();
        byte[] after;
        try {
            after = new ClassFile(before).leading(EXIT, Exit.class.getName().replace('.', '/'));
        } catch (IllegalArgumentException unreadable) {
            return; // Java itself will say what is wrong with the class
        }
        if (after != before) {
            type.setBytes(after);
            type.getDynamicImports().add(Exit.class.getPackageName());
        }
    }
}
