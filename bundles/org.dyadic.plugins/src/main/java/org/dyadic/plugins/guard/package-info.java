/** What calls in plugins are led to that would end the process. */
@Export
@Version("0.1.0")
package org.dyadic.plugins.guard;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
