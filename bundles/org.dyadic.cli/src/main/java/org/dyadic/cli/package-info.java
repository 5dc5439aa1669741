/**
 * The command line: {@code run}, {@code check}, {@code inspect}, {@code sensitivity} and {@code
 * plugins}.
 *
 * <p>Results go to standard output; diagnostics and progress go to standard error. The verbs meet
 * the engine and the language only as services, so that {@code --help} and {@code plugins} work
 * when either is broken.
 */
package org.dyadic.cli;
