/** Experiments as the language states them, with every name resolved and every setting checked. */
@Export
@Version("0.1.0")
package org.dyadic.api.experiment;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
