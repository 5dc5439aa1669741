/**
 * Float execution by ONNX Runtime, if its native library loads. Without this bundle the platform
 * executes by itself.
 */
package org.dyadic.onnxruntime;
