package org.dyadic.plugins;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dyadic.api.workbench.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Bundles that were replaced or removed. Their services go at once, so that nobody takes them any
 * more; their classes go when whoever may have taken them before is done.
 */
final class Retirement {

    private final BundleContext context;
    private final Set<Object> leases = new HashSet<>();
    private final Map<Bundle, Set<Object>> waiting = new HashMap<>();

    Retirement(BundleContext context) {
        this.context = context;
    }

    Plugins.Lease lease() {
        var lease =
                new Plugins.Lease() {
                    @Override
                    public void close() {
                        ended(this);
                    }
                };
        synchronized (this) {
            leases.add(lease);
        }
        return lease;
    }

    private void ended(Object lease) {
        var over = new ArrayList<Bundle>();
        synchronized (this) {
            leases.remove(lease);
            waiting.forEach(
                    (bundle, holders) -> {
                        holders.remove(lease);
                        if (holders.isEmpty()) {
                            over.add(bundle);
                        }
                    });
            over.forEach(waiting::remove);
        }
        dismantle(over);
    }

    /** Stops a bundle, and uninstalls it now or later. */
    void retire(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException | IllegalStateException e) {
            // What its activator throws when it stops concerns nobody; it is stopped all the same.
        }
        synchronized (this) {
            waiting.put(bundle, new HashSet<>(leases));
            if (!leases.isEmpty()) {
                return;
            }
            waiting.remove(bundle);
        }
        dismantle(List.of(bundle));
    }

    /** Takes a bundle back that waits for its end, because it is wanted again. */
    synchronized void reclaim(Bundle bundle) {
        waiting.remove(bundle);
    }

    /** How many bundles wait. */
    synchronized int size() {
        return waiting.size();
    }

    private void dismantle(List<Bundle> bundles) {
        var wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        for (Bundle bundle : bundles) {
            synchronized (this) {
                // Uninstalling it restarts those that use its packages: not while somebody works.
                if (isUsed(bundle) && !leases.isEmpty()) {
                    waiting.put(bundle, new HashSet<>(leases));
                    continue;
                }
            }
            try {
                bundle.uninstall();
                if (wiring.getRemovalPendingBundles().contains(bundle)) {
                    wiring.refreshBundles(List.of(bundle));
                }
            } catch (BundleException | IllegalStateException e) {
                // It is gone already, or the framework is stopping.
            }
        }
    }

    private static boolean isUsed(Bundle bundle) {
        var wiring = bundle.adapt(BundleWiring.class);
        return wiring != null
                && wiring.getProvidedWires(null).stream()
                        .anyMatch(wire -> wire.getRequirer().getBundle() != bundle);
    }
}
