package org.dyadic.api.report;

/** The network of a run. */
public record NetworkInfo(String name, String file, String sha256, long macs, long parameters) {}
