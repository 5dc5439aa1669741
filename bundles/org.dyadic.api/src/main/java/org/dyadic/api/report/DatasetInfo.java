package org.dyadic.api.report;

/** The data set of a run. */
public record DatasetInfo(String name, int images, String sha256) {}
