/** Simulators: cycles, traffic and activity of a layer on a machine. */
@Export
@Version("0.1.0")
package org.dyadic.api.sim;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
