package org.dyadic.workbench.internal;

import org.osgi.framework.FrameworkUtil;

/** Which version of the platform this is. */
final class Versions {

    private Versions() {}

    /** The version of the bundle a class comes from; outside a framework, that there is none. */
    static String ofBundle(Class<?> type) {
        var bundle = FrameworkUtil.getBundle(type);
        return bundle == null ? "unversioned" : bundle.getVersion().toString();
    }
}
