/** From a text to a tree, or to what is left of it when some of it is wrong. */
package org.dyadic.lang.syntax;
