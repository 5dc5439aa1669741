/**
 * Networks in single precision: the passes that simplify one, and its float execution. The readers
 * of ONNX files and data sets are components of this bundle.
 */
@Export
@Version("0.1.0")
package org.dyadic.network;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
