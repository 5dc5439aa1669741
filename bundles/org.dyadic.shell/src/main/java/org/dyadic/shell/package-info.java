/**
 * {@code dyadic shell}: JLine edits a line, Felix Gogo says what it means, and a verb, which knows
 * of neither, carries it out.
 */
package org.dyadic.shell;
