/** Numeric loops: matrix products in integers and floats. The scalar ones are the definition. */
@Export
@Version("0.1.0")
package org.dyadic.kernels;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
