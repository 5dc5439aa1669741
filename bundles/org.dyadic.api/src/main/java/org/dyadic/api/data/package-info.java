/** Labelled images, and the readers that open them. */
@Export
@Version("0.1.0")
package org.dyadic.api.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
