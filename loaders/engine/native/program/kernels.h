#pragma once

#include <tensorflow/c/tf_status.h>

namespace spinenet {

// Registers this project's operations with TensorFlow, once per process:
//
//   SpineNetBatchNorm(x: T, gamma, beta; epsilon, relu) -> y: T, mean, variance
//   SpineNetBatchNormGrad(x: T, dy: T, gamma, beta, mean, variance; epsilon, relu) -> dx: T, dgamma, dbeta
//   SpineNetAdd(maps: N * T) -> sum: T
//   SpineNetRelu(x: T) -> y: T
//   SpineNetReluGrad(dy: T, x: T) -> dx: T
//
// T is float or bfloat16, and what has no T is float; maps are NHWC. They run on the CPU, each in one thread.
void RegisterKernels(TF_Status* status);

}  // namespace spinenet
