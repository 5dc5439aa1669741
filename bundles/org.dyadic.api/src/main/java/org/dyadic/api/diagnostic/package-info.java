/** Messages about a user's files, with a position, a code and the next step. */
@Export
@Version("0.1.0")
package org.dyadic.api.diagnostic;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
