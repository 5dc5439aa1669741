/**
 * Tests that run inside Felix, beside the bundles of the distribution: does everything resolve, is
 * every component satisfied, and does nobody import what is not theirs to import?
 */
package org.dyadic.itests;
