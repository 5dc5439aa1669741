/** Accelerators: what a backend builds, what it can execute, and what its parts cost. */
@Export
@Version("0.1.0")
package org.dyadic.api.hardware;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
