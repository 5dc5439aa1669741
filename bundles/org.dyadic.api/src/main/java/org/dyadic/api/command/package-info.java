/** Verbs of the command line that a bundle brings. */
@Export
@Version("0.1.0")
package org.dyadic.api.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
