package org.dyadic.lang;

/** Registers with EMF what the generated parser looks up there. */
public final class DyadicStandaloneSetup extends DyadicStandaloneSetupGenerated {}
