/** Contract tests that a plugin's own tests extend. Not there at run time. */
@Export
@Version("0.1.0")
package org.dyadic.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
