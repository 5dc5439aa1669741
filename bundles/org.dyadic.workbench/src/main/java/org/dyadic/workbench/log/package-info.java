/**
 * What is told of a running platform: log lines, what plugins print, how long they take, and events
 * for Java Flight Recorder.
 */
package org.dyadic.workbench.log;
