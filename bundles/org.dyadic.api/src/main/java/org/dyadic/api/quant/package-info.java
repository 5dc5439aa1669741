/** Quantizers: from what was seen of a tensor to a grid of exact integer levels. */
@Export
@Version("0.1.0")
package org.dyadic.api.quant;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
