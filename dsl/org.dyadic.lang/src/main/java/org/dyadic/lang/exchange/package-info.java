/** Models of the language as text and as XMI, for tools that know EMF and not the language. */
package org.dyadic.lang.exchange;
