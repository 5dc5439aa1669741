/** Files, what they import, and which names they see. */
package org.dyadic.lang.source;
