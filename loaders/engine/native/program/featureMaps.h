// Batch norm, ReLU and sums over feature maps, in float32 or bfloat16, computed in float32.
//
// A map is `count` rows of `channels` values, channels last. oneDNN, which TensorFlow calls for batch norm, has no fast
// path for 8 channels, and TensorFlow's own loops convert bfloat16 one value at a time.

#pragma once

#include <cstdint>
#include <vector>

namespace spinenet {

struct BFloat16 {
  uint16_t bits;
};

struct MapShape {
  int64_t rows;
  int64_t channels;
};

// One value per channel each.
struct Statistics {
  const float* mean;
  // The mean squared distance from the mean.
  const float* variance;
};

struct Normalisation {
  const float* gamma;
  const float* beta;
  float epsilon;
  // Whether a ReLU follows; its gradient is then part of the backward pass.
  bool relu;
};

// Writes the batch's mean and variance, and y = gamma (x - mean) / sqrt(variance + epsilon) + beta.
template <typename T>
void BatchNorm(const T* x, MapShape shape, const Normalisation& norm, float* mean, float* variance, T* y);

// From `dy`, the gradient to `y`, those to x, gamma and beta. `dx` may be `dy`.
template <typename T>
void BatchNormGrad(const T* x, const T* dy, MapShape shape, const Normalisation& norm, Statistics statistics, T* dx,
                   float* dgamma, float* dbeta);

// The sum of two or more maps of the same size. `sum` may be one of the first two.
template <typename T>
void Add(const std::vector<const T*>& maps, int64_t size, T* sum);

template <typename T>
void Relu(const T* x, int64_t size, T* y);

// `dy` where x is over 0; x may as well be ReLU's result. `dx` may be `dy`.
template <typename T>
void ReluGrad(const T* dy, const T* x, int64_t size, T* dx);

}  // namespace spinenet
