/**
 * The accelerators that come with Dyadic. Each is one class over the API alone; {@link
 * org.dyadic.backends.SystolicArray} is the one to copy for a new accelerator.
 */
package org.dyadic.backends;
