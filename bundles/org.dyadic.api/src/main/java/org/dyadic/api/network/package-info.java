/** Networks: a graph of typed operations on one image, and the readers that load it. */
@Export
@Version("0.1.0")
package org.dyadic.api.network;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
