/** Parameters that plugins declare, and the checked settings that plugins receive. */
@Export
@Version("0.1.0")
package org.dyadic.api.spec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
