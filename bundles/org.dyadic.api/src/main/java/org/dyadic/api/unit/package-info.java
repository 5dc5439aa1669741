/** Quantities with units: what a number means, and how it converts. */
@Export
@Version("0.1.0")
package org.dyadic.api.unit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
