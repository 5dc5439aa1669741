/**
 * Dyadic as a library: {@link org.dyadic.embedded.Dyadic#start} finds what is on the class path and
 * answers with the workbench. Never installed in a framework itself.
 */
package org.dyadic.embedded;
