/**
 * Quantizes a network by calibration and executes it in integers.
 *
 * <p>What integer execution is, once and for all: between layers every tensor is a <em>wide</em>
 * tensor of 16-bit integers with one scale. A layer first encodes its input, each integer going to
 * the nearest level of the layer's grid by comparison with integer thresholds; multiplies levels by
 * levels and sums them in the accumulator of the datapath; and requantizes the sum, multiplied by a
 * fixed-point number and added to the bias, to the wide scale of its output. Additions, means,
 * products and concatenations of differently scaled wide tensors use the same fixed-point numbers;
 * a function of one number is a table. No step between the first encoding and the logits computes
 * in floating point.
 */
@Export
@Version("0.1.0")
package org.dyadic.execution;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
