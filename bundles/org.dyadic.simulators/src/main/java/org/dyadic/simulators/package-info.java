/** The simulators that come with Dyadic. */
package org.dyadic.simulators;
