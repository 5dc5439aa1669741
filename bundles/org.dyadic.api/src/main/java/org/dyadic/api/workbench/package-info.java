/** The platform's services for faces such as the command line: catalog, checks and runs. */
@Export
@Version("0.1.0")
package org.dyadic.api.workbench;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
