/** Results of a run, and the writers that present them. */
@Export
@Version("0.1.0")
package org.dyadic.api.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
