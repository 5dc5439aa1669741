/**
 * SCALE-Sim's reports by formula: what the program finds by writing down every request of every
 * cycle is computed here from the order of the requests alone. Semantics of version 3 with {@code
 * InterfaceBandwidth: CALC}, slips included; see {@link
 * org.dyadic.simulators.scalesim.ScaleSimSimulator}.
 */
package org.dyadic.simulators.scalesim;
