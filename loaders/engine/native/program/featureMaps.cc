#include "featureMaps.h"

#include <algorithm>
#include <cmath>
#include <cstring>

// Compiled once per instruction set; the loader picks what the processor has.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORISED
#endif

namespace spinenet {
namespace {

// Rows narrower than this are taken several at a time, to fill the vector registers.
constexpr int64_t kLeastWidth = 64;

// Rows whose sums are added up in float32 before they go into a double.
constexpr int64_t kBlock = 64;

inline float Load(float value) { return value; }

inline float Load(BFloat16 value) {
  const uint32_t word = static_cast<uint32_t>(value.bits) << 16;
  float number;
  std::memcpy(&number, &word, sizeof number);
  return number;
}

inline void Store(float number, float* place) { *place = number; }

// Rounds to nearest, ties to even. A NaN stays one as long as its high half says so, as those of arithmetic do.
inline void Store(float number, BFloat16* place) {
  uint32_t word;
  std::memcpy(&word, &number, sizeof word);
  place->bits = static_cast<uint16_t>((word + 0x7fff + ((word >> 16) & 1)) >> 16);
}

// A map as wider rows, and the channel of each column.
struct Folded {
  int64_t rows;
  int64_t width;
  int64_t channels;

  explicit Folded(MapShape shape) : rows(shape.rows), width(shape.channels), channels(shape.channels) {
    while (width < kLeastWidth && rows % 2 == 0) {
      width *= 2;
      rows /= 2;
    }
  }

  // A value per channel, repeated for every column.
  std::vector<float> Repeat(const float* values) const {
    std::vector<float> repeated(width);
    for (int64_t column = 0; column < width; column++) repeated[column] = values[column % channels];
    return repeated;
  }
};

// Sums per column, collected from blocks.
class ColumnSums {
 public:
  explicit ColumnSums(int64_t width) : block_(width), total_(width) {}

  float* Block() { return block_.data(); }

  void CloseBlock() {
    for (size_t column = 0; column < block_.size(); column++) total_[column] += block_[column];
    std::fill(block_.begin(), block_.end(), 0.0f);
  }

  double OfChannel(int64_t channel, int64_t channels) const {
    double sum = 0;
    for (size_t column = channel; column < total_.size(); column += channels) sum += total_[column];
    return sum;
  }

 private:
  std::vector<float> block_;
  std::vector<double> total_;
};

// Of x - shift: the sum, and the sum of squares.
template <typename T>
VECTORISED void AddMoments(const T* __restrict x, int64_t rows, int64_t width, const float* __restrict shift,
                           float* __restrict sum, float* __restrict squares) {
  for (int64_t row = 0; row < rows; row++, x += width) {
    for (int64_t column = 0; column < width; column++) {
      const float value = Load(x[column]) - shift[column];
      sum[column] += value;
      squares[column] += value * value;
    }
  }
}

template <bool relu, typename T>
VECTORISED void Scale(const T* __restrict x, int64_t rows, int64_t width, const float* __restrict scale,
                      const float* __restrict offset, T* __restrict y) {
  for (int64_t row = 0; row < rows; row++, x += width, y += width) {
    for (int64_t column = 0; column < width; column++) {
      const float value = Load(x[column]) * scale[column] + offset[column];
      // A NaN passes.
      Store(relu && value < 0 ? 0 : value, y + column);
    }
  }
}

// Of the gradient to what comes before the ReLU: the sum, and the sum weighted by x - mean.
template <bool relu, typename T>
VECTORISED void AddGradientMoments(const T* __restrict x, const T* __restrict dy, int64_t rows, int64_t width,
                                   const float* __restrict scale, const float* __restrict offset,
                                   const float* __restrict mean, float* __restrict sum, float* __restrict weighted) {
  for (int64_t row = 0; row < rows; row++, x += width, dy += width) {
    for (int64_t column = 0; column < width; column++) {
      const float value = Load(x[column]);
      const float given = Load(dy[column]);
      const float gradient = relu && value * scale[column] + offset[column] <= 0 ? 0 : given;
      sum[column] += gradient;
      weighted[column] += gradient * (value - mean[column]);
    }
  }
}

template <bool relu, typename T>
VECTORISED void InputGradient(const T* __restrict x, const T* dy, int64_t rows, int64_t width,
                              const float* __restrict scale, const float* __restrict offset,
                              const float* __restrict slope, const float* __restrict constant, T* dx) {
  for (int64_t row = 0; row < rows; row++, x += width, dy += width, dx += width) {
#pragma GCC ivdep
    for (int64_t column = 0; column < width; column++) {
      const float value = Load(x[column]);
      const float given = Load(dy[column]);
      const float gradient = relu && value * scale[column] + offset[column] <= 0 ? 0 : given;
      Store(gradient * scale[column] + value * slope[column] + constant[column], dx + column);
    }
  }
}

template <typename T>
VECTORISED void AddPair(const T* a, const T* b, int64_t size, T* sum) {
#pragma GCC ivdep
  for (int64_t i = 0; i < size; i++) Store(Load(a[i]) + Load(b[i]), sum + i);
}

template <typename T>
VECTORISED void ReluLoop(const T* x, int64_t size, T* y) {
#pragma GCC ivdep
  for (int64_t i = 0; i < size; i++) {
    const float value = Load(x[i]);
    Store(value < 0 ? 0 : value, y + i);
  }
}

template <typename T>
VECTORISED void ReluGradLoop(const T* dy, const T* x, int64_t size, T* dx) {
#pragma GCC ivdep
  for (int64_t i = 0; i < size; i++) {
    const float given = Load(dy[i]);
    Store(Load(x[i]) <= 0 ? 0 : given, dx + i);
  }
}

// y = x scale + offset, per column.
struct Affine {
  std::vector<float> scale;
  std::vector<float> offset;

  Affine(const Folded& folded, const Normalisation& norm, Statistics statistics) {
    std::vector<float> scales(folded.channels);
    std::vector<float> offsets(folded.channels);
    for (int64_t c = 0; c < folded.channels; c++) {
      scales[c] = norm.gamma[c] / std::sqrt(statistics.variance[c] + norm.epsilon);
      offsets[c] = norm.beta[c] - statistics.mean[c] * scales[c];
    }
    scale = folded.Repeat(scales.data());
    offset = folded.Repeat(offsets.data());
  }
};

}  // namespace

template <typename T>
void BatchNorm(const T* x, MapShape shape, const Normalisation& norm, float* mean, float* variance, T* y) {
  const Folded folded(shape);
  const auto [rows, width, channels] = folded;
  // The first row is near the mean, so that the squares stay small beside the variance.
  std::vector<float> first(channels);
  for (int64_t c = 0; c < channels; c++) first[c] = Load(x[c]);
  const std::vector<float> shift = folded.Repeat(first.data());
  ColumnSums sums(width);
  ColumnSums squares(width);
  for (int64_t row = 0; row < rows; row += kBlock) {
    AddMoments(x + row * width, std::min(kBlock, rows - row), width, shift.data(), sums.Block(), squares.Block());
    sums.CloseBlock();
    squares.CloseBlock();
  }
  for (int64_t c = 0; c < channels; c++) {
    const double distance = sums.OfChannel(c, channels) / shape.rows;
    mean[c] = static_cast<float>(first[c] + distance);
    variance[c] = static_cast<float>(
        std::max(0.0, squares.OfChannel(c, channels) / shape.rows - distance * distance));
  }
  const Affine affine(folded, norm, {mean, variance});
  const auto scale = norm.relu ? Scale<true, T> : Scale<false, T>;
  scale(x, rows, width, affine.scale.data(), affine.offset.data(), y);
}

template <typename T>
void BatchNormGrad(const T* x, const T* dy, MapShape shape, const Normalisation& norm, Statistics statistics, T* dx,
                   float* dgamma, float* dbeta) {
  const Folded folded(shape);
  const auto [rows, width, channels] = folded;
  const Affine affine(folded, norm, statistics);
  const std::vector<float> mean = folded.Repeat(statistics.mean);
  ColumnSums sums(width);
  ColumnSums weighted(width);
  const auto add = norm.relu ? AddGradientMoments<true, T> : AddGradientMoments<false, T>;
  for (int64_t row = 0; row < rows; row += kBlock) {
    add(x + row * width, dy + row * width, std::min(kBlock, rows - row), width, affine.scale.data(),
        affine.offset.data(), mean.data(), sums.Block(), weighted.Block());
    sums.CloseBlock();
    weighted.CloseBlock();
  }
  // dx = scale (g - mean(g) - xhat mean(g xhat)), gathered into g scale + x slope + constant.
  std::vector<float> slopes(channels);
  std::vector<float> constants(channels);
  for (int64_t c = 0; c < channels; c++) {
    const double inverse = 1 / std::sqrt(static_cast<double>(statistics.variance[c]) + norm.epsilon);
    const double scale = norm.gamma[c] * inverse;
    const double to_beta = sums.OfChannel(c, channels);
    const double to_gamma = weighted.OfChannel(c, channels) * inverse;
    const double slope = -scale * inverse * to_gamma / shape.rows;
    dbeta[c] = static_cast<float>(to_beta);
    dgamma[c] = static_cast<float>(to_gamma);
    slopes[c] = static_cast<float>(slope);
    constants[c] = static_cast<float>(-scale * to_beta / shape.rows - slope * statistics.mean[c]);
  }
  const std::vector<float> slope = folded.Repeat(slopes.data());
  const std::vector<float> constant = folded.Repeat(constants.data());
  const auto gradient = norm.relu ? InputGradient<true, T> : InputGradient<false, T>;
  gradient(x, dy, rows, width, affine.scale.data(), affine.offset.data(), slope.data(), constant.data(), dx);
}

template <typename T>
void Add(const std::vector<const T*>& maps, int64_t size, T* sum) {
  // A part at a time, so that of more than two maps the sum so far stays in the cache. It is rounded once per map.
  constexpr int64_t part = 4096;
  for (int64_t from = 0; from < size; from += part) {
    const int64_t length = std::min(part, size - from);
    AddPair(maps[0] + from, maps[1] + from, length, sum + from);
    for (size_t map = 2; map < maps.size(); map++) AddPair(sum + from, maps[map] + from, length, sum + from);
  }
}

template <typename T>
void Relu(const T* x, int64_t size, T* y) {
  ReluLoop(x, size, y);
}

template <typename T>
void ReluGrad(const T* dy, const T* x, int64_t size, T* dx) {
  ReluGradLoop(dy, x, size, dx);
}

#define SPINENET_INSTANTIATE(T)                                                                                  \
  template void BatchNorm<T>(const T*, MapShape, const Normalisation&, float*, float*, T*);                     \
  template void BatchNormGrad<T>(const T*, const T*, MapShape, const Normalisation&, Statistics, T*, float*,    \
                                 float*);                                                                       \
  template void Add<T>(const std::vector<const T*>&, int64_t, T*);                                              \
  template void Relu<T>(const T*, int64_t, T*);                                                                 \
  template void ReluGrad<T>(const T*, const T*, int64_t, T*);

SPINENET_INSTANTIATE(float)
SPINENET_INSTANTIATE(BFloat16)

}  // namespace spinenet
