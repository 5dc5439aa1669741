/** What must hold of a program beyond its syntax, one class for each concept. */
package org.dyadic.lang.checks;
