// The kernels beside their definitions in double precision, without Swift: for processors that this
// machine only emulates (`make check-kernels`). Returns the number of faults.

#include <kernels.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <vector>

using Numbers = std::vector<float>;

static int faults = 0;

static void expect(bool holds, const char *what, int64_t a, int64_t b, int64_t c) {
  if (holds) return;
  ++faults;
  std::printf("failed: %s (%lld, %lld, %lld)\n", what, (long long)a, (long long)b, (long long)c);
}

static Numbers numbers(int64_t count) {
  Numbers x(count);
  for (int64_t i = 0; i < count; ++i) x[i] = static_cast<float>(i * 7919 % 1009) / 1009 - 0.5f;
  return x;
}

/// The largest difference of `out` from a sum of products.
static double error(
  const Numbers &out, int64_t rows, int64_t columns, int64_t stride,
  const std::function<double(int64_t, int64_t)> &definition) {
  double most = 0;
  for (int64_t m = 0; m < rows; ++m) {
    for (int64_t n = 0; n < columns; ++n) {
      most = std::max(most, std::fabs(out[m * stride + n] - definition(m, n)));
    }
  }
  return most;
}

/// What a sum of so many products below 1/4 may lose to rounding: four standard deviations of roundings to
/// nearest that know nothing of one another, where the sum grows by 1/12 a product.
static double tolerance(int64_t depth) {
  return 4 * 0x1p-24 / std::sqrt(3) * depth / 12 * std::sqrt(depth / 3.0) + 1e-6;
}

static Numbers strips_of(const Numbers &matrix, int64_t rows, int64_t columns) {
  Numbers strips((columns + 31) / 32 * 32 * rows + 64);
  for (int64_t column = 0; column < columns; column += 32) {
    kernels_pack_strip(
      matrix.data() + column, rows, std::min<int64_t>(32, columns - column), columns, 1,
      strips.data() + column * rows);
  }
  return strips;
}

static void check_products() {
  for (int64_t rows : {1, 2, 5, 14, 33, 120}) {
    for (int64_t depth : {1, 31, 64, 1300}) {
      for (int64_t columns : {1, 31, 32, 70}) {
        const Numbers left = numbers(rows * depth), matrix = numbers(depth * columns);
        const Numbers strips = strips_of(matrix, depth, columns), bias = numbers(columns);
        Numbers out(rows * columns + 1, 7);
        kernels_multiply(
          left.data(), depth, rows, depth, strips.data(), columns, bias.data(), out.data(), columns,
          0);
        kernels_multiply(
          left.data(), depth, rows, depth, strips.data(), columns, nullptr, out.data(), columns, 1);
        const double most = error(out, rows, columns, columns, [&](int64_t m, int64_t n) {
          double sum = 0;
          for (int64_t k = 0; k < depth; ++k) sum += double(left[m * depth + k]) * matrix[k * columns + n];
          return 2 * sum + bias[n];
        });
        expect(most < 2 * tolerance(depth) && out.back() == 7, "product", rows, depth, columns);

        // The transpose of a matrix that is stored as strips of its rows.
        const Numbers other = numbers(columns * depth), transposed = strips_of(other, columns, depth);
        std::fill(out.begin(), out.end(), 7);
        kernels_multiply_transposed_rows(
          left.data(), depth, rows, depth, transposed.data(), columns, 0, columns, nullptr, out.data(),
          columns, 0);
        const double transposed_most = error(out, rows, columns, columns, [&](int64_t m, int64_t n) {
          double sum = 0;
          for (int64_t k = 0; k < depth; ++k) sum += double(left[m * depth + k]) * other[n * depth + k];
          return sum;
        });
        expect(
          transposed_most < tolerance(depth) && out.back() == 7, "transposed product", rows, depth, columns);
      }
    }
  }
}

static void check_gemm() {
  for (int64_t rows : {1, 7, 40, 130}) {
    for (int64_t columns : {1, 33, 64}) {
      for (int64_t depth : {0, 1, 65, 1200}) {
        for (int variant = 0; variant < 12; ++variant) {
          const int transposed_left = variant & 1, transposed_right = variant >> 1 & 1;
          const float keep = variant / 4 == 0 ? 0 : variant / 4 == 1 ? 1 : 0.5f, factor = 0.75f;
          // Within larger matrices, as a head of attention.
          const int64_t left_stride = (transposed_left ? rows : depth) + 3;
          const int64_t right_stride = (transposed_right ? depth : columns) + 5;
          const int64_t stride = columns + 2;
          const Numbers left = numbers((transposed_left ? depth : rows) * left_stride + 1);
          const Numbers right = numbers((transposed_right ? columns : depth) * right_stride + 1);
          Numbers out = numbers(rows * stride);
          const Numbers before = out;
          // What is not kept is not read.
          for (float &x : out) if (keep == 0) x = NAN;
          kernels_gemm(
            transposed_left, transposed_right, rows, columns, depth, factor, left.data(), left_stride,
            right.data(), right_stride, keep, out.data(), stride);
          const double most = error(out, rows, columns, stride, [&](int64_t m, int64_t n) {
            double sum = 0;
            for (int64_t k = 0; k < depth; ++k) {
              sum += double(transposed_left ? left[k * left_stride + m] : left[m * left_stride + k])
                * (transposed_right ? right[n * right_stride + k] : right[k * right_stride + n]);
            }
            return factor * sum + keep * before[m * stride + n];
          });
          bool stays = true;
          for (int64_t m = 0; m < rows; ++m) {
            for (int64_t n = columns; n < stride; ++n) {
              const float x = out[m * stride + n];
              stays = stays && (keep == 0 ? std::isnan(x) : x == before[m * stride + n]);
            }
          }
          expect(most < tolerance(depth) && stays, "gemm", rows, columns, 10000 * variant + depth);
        }
      }
    }
  }
}

static float widened(uint16_t half, int format) {
  if (format == kernels_bfloat16) {
    const uint32_t bits = uint32_t(half) << 16;
    float x;
    std::memcpy(&x, &bits, 4);
    return x;
  }
  const int exponent = half >> 10 & 31, mantissa = half & 1023;
  const double size = exponent == 0 ? std::ldexp(mantissa, -24)
    : exponent < 31                 ? std::ldexp(1024 + mantissa, exponent - 25)
    : mantissa == 0                 ? INFINITY
                                    : NAN;
  return static_cast<float>(half & 0x8000 ? -size : size);
}

static Numbers widened(const std::vector<uint16_t> &halves) {
  Numbers x;
  for (uint16_t half : halves) x.push_back(widened(half, kernels_bfloat16));
  return x;
}

/// All numbers of two bytes come through a product with one.
static void check_halves() {
  for (int format : {kernels_float16, kernels_bfloat16}) {
    for (int64_t first = 0; first < 65536; first += 32) {
      uint16_t strip[32];
      for (int64_t i = 0; i < 32; ++i) strip[i] = static_cast<uint16_t>(first + i);
      const float one = 1;
      float out[32];
      kernels_multiply_halves(&one, 1, 1, 1, strip, format, 32, nullptr, out, 32, 0);
      for (int64_t i = 0; i < 32; ++i) {
        const float expected = widened(strip[i], format);
        // Subnormal numbers may be added up as zero.
        const bool same = out[i] == expected || (std::isnan(out[i]) && std::isnan(expected))
          || (out[i] == 0 && std::fabs(expected) < 1.2e-38f);
        expect(same, "number of two bytes", format, first + i, 0);
      }
    }
  }
}

static uint16_t rounded(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, 4);
  return static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static std::vector<uint16_t> rounded(const Numbers &x) {
  std::vector<uint16_t> halves;
  for (float number : x) halves.push_back(rounded(number));
  return halves;
}

static std::vector<uint16_t> half_strips_of(
  const std::vector<uint16_t> &matrix, int format, int64_t rows, int64_t columns) {
  const int64_t stored_rows = format == kernels_bfloat16_pairs ? (rows + 1) / 2 * 2 : rows;
  std::vector<uint16_t> strips((columns + 31) / 32 * 32 * stored_rows);
  for (int64_t column = 0; column < columns; column += 32) {
    kernels_pack_half_strip(
      matrix.data() + column, format, rows, std::min<int64_t>(32, columns - column), columns, 1,
      strips.data() + column * stored_rows);
  }
  return strips;
}

/// Products with numbers of two bytes are those of the same numbers in four, bit by bit, for any number of
/// rows; and they are as far from products with the unrounded numbers as rounding to 8 bits allows.
static void check_half_products() {
  for (int64_t rows : {1, 2, 5, 12, 14, 15, 28, 29, 57, 120}) {
    for (int64_t depth : {1, 33, 600, 1300}) {
      for (int64_t columns : {1, 31, 32, 70}) {
        const Numbers left = numbers(rows * depth), matrix = numbers(depth * columns);
        const std::vector<uint16_t> halves = rounded(matrix);
        const std::vector<uint16_t> strips = half_strips_of(halves, kernels_bfloat16, depth, columns);
        const Numbers wide = widened(halves);
        const Numbers wide_strips = strips_of(wide, depth, columns), bias = numbers(columns);
        Numbers out(rows * columns + 1, 7), expected = out;
        kernels_multiply_halves(
          left.data(), depth, rows, depth, strips.data(), kernels_bfloat16, columns, bias.data(),
          out.data(), columns, 0);
        kernels_multiply(
          left.data(), depth, rows, depth, wide_strips.data(), columns, bias.data(), expected.data(),
          columns, 0);
        expect(out == expected, "product of two bytes", rows, depth, columns);
        bool is_near = true;
        for (int64_t m = 0; m < rows; ++m) {
          for (int64_t n = 0; n < columns; ++n) {
            double sum = bias[n], size = 0;
            for (int64_t k = 0; k < depth; ++k) {
              const double product = double(left[m * depth + k]) * matrix[k * columns + n];
              sum += product;
              size += std::fabs(product);
            }
            is_near = is_near
              && std::fabs(out[m * columns + n] - sum) <= 0x1p-8 * size + tolerance(depth);
          }
        }
        expect(is_near, "error of two bytes", rows, depth, columns);

        if (rows > kernels_tile_rows) continue;
        Numbers tile(rows * depth + 16);
        kernels_pack_rows(left.data(), depth, nullptr, rows, depth, tile.data());
        const int64_t some = std::min<int64_t>(columns, 32);
        std::fill(out.begin(), out.end(), 7);
        expected = out;
        kernels_multiply_half_tile(
          tile.data(), rows, depth, strips.data(), kernels_bfloat16, some, nullptr, out.data(),
          columns, 1);
        kernels_multiply_tile(
          tile.data(), rows, depth, wide_strips.data(), some, nullptr, expected.data(), columns, 1);
        expect(out == expected, "tile times two bytes", rows, depth, columns);
      }
    }
  }
}

/// Products with the transpose of numbers of two bytes, from rows and from tiles.
static void check_transposed_halves() {
  for (int64_t rows : {1, 7, 14, 33}) {
    for (int64_t depth : {1, 33, 64, 1300}) {
      for (int64_t columns : {1, 32, 70}) {
        const Numbers left = numbers(rows * depth), other = numbers(columns * depth);
        const std::vector<uint16_t> halves = rounded(other);
        const std::vector<uint16_t> strips = half_strips_of(halves, kernels_bfloat16, columns, depth);
        const Numbers wide = widened(halves);
        const Numbers wide_strips = strips_of(wide, columns, depth);
        Numbers out(rows * columns + 1, 7), from_tiles = out, expected = out;
        kernels_multiply_transposed_halves(
          left.data(), depth, rows, depth, strips.data(), kernels_bfloat16, columns, 0, columns,
          nullptr, out.data(), columns, 0);
        kernels_multiply_transposed_rows(
          left.data(), depth, rows, depth, wide_strips.data(), columns, 0, columns, nullptr,
          expected.data(), columns, 0);
        Numbers tiles(rows * depth + 16);
        const int64_t count = kernels_tiles(rows);
        for (int64_t tile = 0; tile < count; ++tile) {
          const int64_t first = rows * tile / count, end = rows * (tile + 1) / count;
          kernels_pack_rows(
            left.data() + first * depth, depth, nullptr, end - first, depth,
            tiles.data() + first * depth);
        }
        kernels_multiply_transposed_half_tiles(
          tiles.data(), rows, depth, strips.data(), kernels_bfloat16, columns, 0, columns,
          from_tiles.data(), columns, 0);
        expect(out == expected && from_tiles == expected, "transposed two bytes", rows, depth, columns);
      }
    }
  }
}

/// The same of products of 8 bits by 8, whose sums are rounded by half of the last bit so often that a rounding's
/// standard deviation is taken for that half.
static double pair_tolerance(int64_t depth) { return std::sqrt(3) * tolerance(depth); }

/// Products of pairs are those of the numbers that both sides are rounded to, added up in single precision; and a
/// row's do not depend on the rows beside it.
static void check_pairs() {
  for (int64_t rows : {1, 2, 5, 14, 15, 33, 120, 250}) {
    for (int64_t depth : {1, 2, 31, 32, 33, 65, 600, 1301, 2401}) {
      for (int64_t columns : {1, 31, 32, 33, 70, 96}) {
        const Numbers left = numbers(rows * depth), bias = numbers(columns);
        const Numbers rounded_left = widened(rounded(left));
        const std::vector<uint16_t> matrix = rounded(numbers(depth * columns));
        const Numbers wide = widened(matrix);
        const std::vector<uint16_t> strips =
          half_strips_of(matrix, kernels_bfloat16_pairs, depth, columns);
        const auto definition = [&](int64_t m, int64_t n) {
          double sum = 0;
          for (int64_t k = 0; k < depth; ++k) {
            sum += double(rounded_left[m * depth + k]) * wide[k * columns + n];
          }
          return 2 * sum + bias[n];
        };
        Numbers out(rows * columns + 1, 7), last(columns);
        const auto multiply = [&](int64_t first, int64_t count, Numbers &out) {
          kernels_multiply_halves(
            left.data() + first * depth, depth, count, depth, strips.data(), kernels_bfloat16_pairs,
            columns, bias.data(), out.data(), columns, 0);
          kernels_multiply_halves(
            left.data() + first * depth, depth, count, depth, strips.data(), kernels_bfloat16_pairs,
            columns, nullptr, out.data(), columns, 1);
        };
        multiply(0, rows, out);
        multiply(rows - 1, 1, last);
        expect(
          error(out, rows, columns, columns, definition) < 2 * pair_tolerance(depth)
            && out.back() == 7,
          "product of pairs", rows, depth, columns);
        expect(
          std::equal(last.begin(), last.end(), out.end() - 1 - columns), "row of pairs", rows, depth,
          columns);

        // The transpose of a matrix that is stored as strips of its rows.
        const std::vector<uint16_t> other = rounded(numbers(columns * depth));
        const Numbers wide_other = widened(other);
        const std::vector<uint16_t> transposed =
          half_strips_of(other, kernels_bfloat16_pairs, columns, depth);
        const auto multiply_transposed = [&](int64_t first, int64_t count, Numbers &out) {
          for (int accumulates : {0, 1}) {
            kernels_multiply_transposed_halves(
              left.data() + first * depth, depth, count, depth, transposed.data(),
              kernels_bfloat16_pairs, columns, 0, columns, accumulates ? nullptr : bias.data(),
              out.data(), columns, accumulates);
          }
        };
        std::fill(out.begin(), out.end(), 7);
        multiply_transposed(0, rows, out);
        multiply_transposed(rows - 1, 1, last);
        const double most = error(out, rows, columns, columns, [&](int64_t m, int64_t n) {
          double sum = 0;
          for (int64_t k = 0; k < depth; ++k) {
            sum += double(rounded_left[m * depth + k]) * wide_other[n * depth + k];
          }
          return 2 * sum + bias[n];
        });
        expect(
          most < 2 * pair_tolerance(depth) && out.back() == 7, "transposed product of pairs", rows,
          depth, columns);
        expect(
          std::equal(last.begin(), last.end(), out.end() - 1 - columns), "transposed row of pairs",
          rows, depth, columns);
      }
    }
  }
}

/// What is no number stays none, and numbers are rounded to the nearest, of two as near to the even one.
static void check_rounded_pairs() {
  const struct { float number, rounded; } cases[] = {
    {1, 1}, {1 + 1.0f / 512, 1}, {1 + 3.0f / 512, 1 + 1.0f / 128}, {1 + 1.0f / 256, 1},
    {-1 - 3.0f / 256, -1 - 2.0f / 128}, {0, 0}, {INFINITY, INFINITY}, {3.4e38f, INFINITY},
    {widened(0xffff, kernels_bfloat16), NAN}, {NAN, NAN}, {-NAN, NAN},
  };
  const uint16_t one = rounded(1.0f);
  std::vector<uint16_t> strip(64);
  kernels_pack_half_strip(&one, kernels_bfloat16_pairs, 1, 1, 1, 1, strip.data());
  for (const auto &pair : cases) {
    float out = 7;
    kernels_multiply_halves(
      &pair.number, 1, 1, 1, strip.data(), kernels_bfloat16_pairs, 1, nullptr, &out, 1, 0);
    expect(
      out == pair.rounded || (std::isnan(out) && std::isnan(pair.rounded)), "rounded number",
      static_cast<int64_t>(pair.number * 512), 0, 0);
  }
}

static void check_interpolation() {
  for (int64_t nodes = 1; nodes <= 14; ++nodes) {
    for (int64_t columns : {1, 15, 33}) {
      const Numbers x = numbers(20 * columns), weights = numbers(20 * nodes);
      Numbers out(20 * columns + 1, 7);
      kernels_interpolate(x.data(), columns, nodes, weights.data(), 20, columns, out.data(), columns);
      std::vector<int32_t> places;
      for (int32_t node = 0; node < nodes; ++node) places.push_back(node);
      const auto definition = [&](int64_t m, int64_t n) {
        double sum = 0;
        for (int64_t r = 0; r < nodes; ++r) sum += double(weights[m * nodes + r]) * x[r * columns + n];
        return sum;
      };
      expect(error(out, 20, columns, columns, definition) < 1e-5 && out.back() == 7, "interpolation", nodes, columns, 0);
      float largest = 0;
      const float found = kernels_interpolation_error(
        x.data(), columns, 20, places.data(), nodes, weights.data(), columns, &largest);
      const double most = *std::max_element(x.begin(), x.end(), [](float a, float b) {
        return std::fabs(a) < std::fabs(b);
      });
      expect(
        std::fabs(found - error(x, 20, columns, columns, definition)) < 1e-5
          && largest == std::fabs(static_cast<float>(most)),
        "error of an interpolation", nodes, columns, 0);
    }
  }
}

static void check_maxima() {
  for (int64_t columns : {1, 16, 37}) {
    const Numbers x = numbers(6 * columns);
    Numbers largest(columns + 1, -INFINITY);
    std::vector<int32_t> steps(columns + 1, -1);
    Numbers rows = x;
    if (columns > 2) rows[3 * columns + 2] = NAN;
    for (int32_t step = 0; step < 6; ++step) {
      kernels_keep_largest(rows.data() + step * columns, step, columns, largest.data(), steps.data());
    }
    bool holds = largest.back() == -INFINITY && steps.back() == -1;
    for (int64_t n = 0; n < columns; ++n) {
      float most = -INFINITY;
      int32_t place = -1;
      for (int32_t step = 0; step < 6; ++step) {
        const float next = rows[step * columns + n];
        if (next > most || next != next) most = next, place = step;
      }
      holds = holds && place == steps[n] && (most == largest[n] || (most != most && largest[n] != largest[n]));
    }
    expect(holds, "largest of rows", columns, 0, 0);
    for (int64_t nodes : {1, 9, 17, 33}) {
      const int64_t rows = 50, stride = columns + 3;
      const Numbers d = numbers(rows * stride), weights = numbers(rows * nodes);
      std::vector<int32_t> at(rows * columns);
      for (int64_t i = 0; i < rows * columns; ++i) {
        at[i] = i / columns < 25 ? i / (7 * columns) % 6 : i * 7919 % 8 - 1;
      }
      Numbers dx = numbers(3 * nodes * columns + 1);
      dx.back() = 7;
      std::vector<double> expected(dx.begin(), dx.end());
      for (int64_t m = 0; m < rows; ++m) {
        for (int64_t n = 0; n < columns; ++n) {
          const int64_t step = at[m * columns + n] - 2;
          if (step < 0 || step >= 3) continue;
          for (int64_t r = 0; r < nodes; ++r) {
            expected[(step * nodes + r) * columns + n] += double(weights[m * nodes + r]) * d[m * stride + n];
          }
        }
      }
      kernels_gather_at_steps(
        d.data(), stride, at.data(), rows, columns, weights.data(), nodes, 2, 3, dx.data());
      double most = 0;
      for (size_t i = 0; i < dx.size(); ++i) most = std::max(most, std::fabs(dx[i] - expected[i]));
      expect(most < 1e-5, "gradient at steps", columns, nodes, 0);
    }
  }
}

static void check_lstm() {
  const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
  for (int64_t units : {1, 7, 41}) {
    Numbers gates = numbers(4 * units), cell = numbers(units), hidden(units);
    for (float &x : gates) x *= 12;
    const Numbers before = gates, old = cell;
    kernels_lstm_forward(gates.data(), cell.data(), hidden.data(), units);
    for (int64_t j = 0; j < units; ++j) {
      const double i = logistic(before[j]), f = logistic(before[units + j]);
      const double o = logistic(before[2 * units + j]), g = std::tanh(double(before[3 * units + j]));
      const double c = f * old[j] + i * g;
      expect(
        std::fabs(cell[j] - c) < 1e-6 && std::fabs(hidden[j] - o * std::tanh(c)) < 1e-6, "LSTM", units, j, 0);
    }
    Numbers d = numbers(units), d_gates = gates;
    const Numbers d_old = d;
    kernels_lstm_backward(d_gates.data(), old.data(), cell.data(), hidden.data(), d.data(), units);
    for (int64_t j = 0; j < units; ++j) {
      const double i = gates[j], f = gates[units + j], o = gates[2 * units + j];
      const double g = gates[3 * units + j], t = std::tanh(double(cell[j]));
      const double dc = hidden[j] * o * (1 - t * t) + d_old[j];
      const double expected[] = {
        dc * g * i * (1 - i), dc * old[j] * f * (1 - f), hidden[j] * t * o * (1 - o),
        dc * i * (1 - g * g)};
      for (int gate = 0; gate < 4; ++gate) {
        expect(std::fabs(d_gates[gate * units + j] - expected[gate]) < 1e-6, "LSTM back", units, j, gate);
      }
      expect(std::fabs(d[j] - dc * f) < 1e-6, "LSTM back to the cell", units, j, 0);
    }
  }
}

/// Of each function: the value, its derivative, and the value over `x`.
static double activation(int function, int aspect, double x) {
  const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
  const auto normal = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2)); };
  const auto density = [](double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::acos(-1)); };
  const double root = std::sqrt(2 / std::acos(-1)), t = std::tanh(root * (x + 0.044715 * x * x * x));
  const double softplus = std::log1p(std::exp(-std::fabs(x))) + std::max(x, 0.0), p = logistic(x);
  const double share = std::tanh(softplus), q = logistic(1.702 * x), z = (x - 0.707107) / 0.282095;
  const double gelu = x * normal(x), gelu_slope = normal(x) + x * density(x);
  double value = x, slope = 1;
  bool is_zero_at_zero = true;
  switch (function) {
    case kernels_sigmoid: value = p, slope = p * logistic(-x), is_zero_at_zero = false; break;
    case kernels_tanh: value = std::tanh(x), slope = 1 - value * value; break;
    case kernels_exp: value = slope = std::exp(x), is_zero_at_zero = false; break;
    case kernels_relu: value = std::max(x, 0.0), slope = x > 0; break;
    case kernels_relu6: value = std::min(std::max(x, 0.0), 6.0), slope = x > 0 && x < 6; break;
    case kernels_leaky_relu: slope = x > 0 ? 1 : 0.01, value = slope * x; break;
    case kernels_squared_relu: value = x > 0 ? x * x : 0, slope = x > 0 ? 2 * x : 0; break;
    case kernels_gelu: value = gelu, slope = gelu_slope; break;
    case kernels_gelu_tanh:
      value = 0.5 * x * (1 + t);
      slope = 0.5 * (1 + t + x * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x));
      break;
    case kernels_clipped_gelu: value = std::min(gelu, 10.0), slope = gelu > 10 ? 0 : gelu_slope; break;
    case kernels_silu: value = x * p, slope = p * (1 + x * (1 - p)); break;
    case kernels_quick_gelu: value = x * q, slope = q * (1 + 1.702 * x * (1 - q)); break;
    case kernels_hard_swish:
      value = x * std::min(std::max(x + 3, 0.0), 6.0) / 6;
      slope = x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1;
      break;
    case kernels_mish: value = x * share, slope = share + x * p * (1 - share * share); break;
    case kernels_laplace:
      value = normal(z), slope = density(z) / 0.282095, is_zero_at_zero = false;
      break;
  }
  if (aspect == kernels_value) return value;
  return aspect == kernels_share && is_zero_at_zero && x != 0 ? value / x : slope;
}

static void check_activations() {
  // No kinks among them, and a number of places that is no multiple of any vector.
  Numbers x;
  for (int i = -2000; i <= 2000; ++i) x.push_back(static_cast<float>(i) / 128 + 1.0f / 512);
  for (int i = 1; i < 40; ++i) x.push_back(static_cast<float>(std::ldexp(i % 2 ? 1 : -1, -i)));
  x.push_back(0);
  const int64_t count = x.size();
  const Numbers factors = numbers(count);
  for (int function = 0; function < kernels_activations; ++function) {
    for (int aspect = 0; aspect < kernels_aspects; ++aspect) {
      Numbers y(count + 1, 7), times = factors;
      times.push_back(7);
      kernels_activate(function, aspect, x.data(), nullptr, y.data(), count);
      kernels_activate(function, aspect, x.data(), times.data(), times.data(), count);
      double most = 0;
      bool are_products = y.back() == 7 && times.back() == 7;
      for (int64_t i = 0; i < count; ++i) {
        const double expected = activation(function, aspect, x[i]);
        most = std::max(most, std::fabs(y[i] - expected) / std::max(1.0, std::fabs(expected)));
        are_products = are_products && times[i] == y[i] * factors[i];
      }
      // Derivatives add up what each was rounded at, times numbers up to 16.
      expect(most < (aspect == kernels_slope ? 3e-6 : 1e-6), "activation", function, aspect, 1e9 * most);
      expect(are_products, "activation with factors", function, aspect, 0);
    }
    const float none = NAN;
    float y = 0;
    kernels_activate(function, kernels_value, &none, nullptr, &y, 1);
    expect(std::isnan(y), "activation of no number", function, 0, 0);
  }
  // Relative errors, where a value is small too.
  for (int function : {kernels_sigmoid, kernels_tanh, kernels_exp}) {
    Numbers y(count);
    kernels_activate(function, kernels_value, x.data(), nullptr, y.data(), count);
    for (int64_t i = 0; i < count; ++i) {
      const double expected = activation(function, kernels_value, x[i]);
      expect(
        std::fabs(y[i] - expected) <= 3e-7 * std::fabs(expected), "relative error", function, i, 0);
    }
  }
}

static void check_dots() {
  for (int64_t count : {1, 4, 7}) {
    for (int64_t depth : {1, 16, 37, 1300}) {
      const Numbers x = numbers(6 * (depth + 1)), rows = numbers(count * (depth + 3));
      Numbers out(6 * count + 1, 7);
      kernels_dots(
        x.data(), depth + 1, 6, rows.data(), depth + 3, count, depth, out.data(), count);
      const auto definition = [&](int64_t m, int64_t n) {
        double sum = 0;
        for (int64_t k = 0; k < depth; ++k) {
          sum += double(x[m * (depth + 1) + k]) * rows[n * (depth + 3) + k];
        }
        return sum;
      };
      // Sixteen parts, of which each is rounded as a sum of a sixteenth of the products.
      expect(
        error(out, 6, count, count, definition) < tolerance(depth / 16 + 1) * 4, "dots", count,
        depth, 0);
      expect(out.back() == 7, "end of dots", count, depth, 0);
    }
  }
}

static void check_columns() {
  for (int64_t columns : {1, 16, 37}) {
    const Numbers x = numbers(3 * columns), factors = numbers(2 * columns);
    const float *shift = factors.data() + columns;
    for (bool shifts : {false, true}) {
      Numbers y = x;
      y.push_back(7);
      kernels_scale_columns(y.data(), 3, columns, factors.data(), shifts ? shift : nullptr);
      const auto definition = [&](int64_t m, int64_t n) {
        return double(x[m * columns + n]) * factors[n] + (shifts ? shift[n] : 0);
      };
      expect(error(y, 3, columns, columns, definition) < 1e-7 && y.back() == 7, "columns", columns, 0, 0);
    }
  }
}

static void check_rows() {
  for (int64_t count : {1, 3, 16, 17, 64, 250}) {
    Numbers x = numbers(count);
    for (float &value : x) value *= 20;
    double largest = -INFINITY, sum = 0;
    for (float value : x) largest = std::max(largest, double(value));
    for (float value : x) sum += std::exp(value - largest);
    Numbers softmax = x, logarithms = x;
    softmax.push_back(7);
    logarithms.push_back(7);
    kernels_softmax(softmax.data(), count);
    kernels_log_softmax(logarithms.data(), count);
    Numbers d = numbers(count);
    const Numbers before = d;
    d.push_back(7);
    double along = 0;
    for (int64_t i = 0; i < count; ++i) along += double(softmax[i]) * before[i];
    kernels_softmax_backward(softmax.data(), d.data(), 0.5f, count);
    for (int64_t i = 0; i < count; ++i) {
      const double y = std::exp(x[i] - largest) / sum;
      expect(std::fabs(softmax[i] - y) < 1e-6, "softmax", count, i, 0);
      expect(std::fabs(logarithms[i] - (x[i] - largest - std::log(sum))) < 4e-6, "log-softmax", count, i, 0);
      expect(
        std::fabs(d[i] - softmax[i] * (before[i] - along / 0.5)) < 1e-6, "softmax back", count, i, 0);
    }
    expect(
      softmax.back() == 7 && logarithms.back() == 7 && d.back() == 7, "end of a softmax", count, 0, 0);
    Numbers none = x;
    none[count / 2] = NAN;
    kernels_softmax(none.data(), count);
    expect(std::isnan(none[0]) && std::isnan(none[count - 1]), "softmax of no number", count, 0, 0);

    for (int variant = 0; variant < 4; ++variant) {
      const int centres = variant & 1, is_constant = variant >> 1;
      const Numbers weight = numbers(count), bias = numbers(2 * count), dy = numbers(3 * count);
      Numbers y(count + 1, 7), dx(count + 1, 7);
      float mean = 7, inverse = 7;
      kernels_normalise(
        x.data(), weight.data(), bias.data() + count, centres, 0.01f, count, y.data(), &mean, &inverse);
      kernels_normalise_backward(
        dy.data(), x.data(), weight.data(), mean, inverse, centres, is_constant, count, dx.data());
      double m = 0, variance = 0, average = 0, turn = 0;
      for (float value : x) m += value / double(count);
      if (!centres) m = 0;
      for (float value : x) variance += (value - m) * (value - m) / count;
      const double factor = 1 / std::sqrt(variance + 0.01f);
      for (int64_t i = 0; i < count; ++i) {
        average += double(dy[i]) * weight[i] / count;
        turn += double(dy[i]) * weight[i] * (x[i] - m) * factor / count;
      }
      if (!centres) average = 0;
      if (is_constant) turn = 0;
      expect(
        std::fabs(mean - m) < 1e-5 && std::fabs(inverse - factor) < 1e-5 * factor, "statistics", count,
        variant, 0);
      for (int64_t i = 0; i < count; ++i) {
        const double value = (x[i] - m) * factor;
        expect(
          std::fabs(y[i] - (value * weight[i] + bias[count + i])) < 1e-5, "normalisation", count, variant, i);
        const double gradient = factor * (double(dy[i]) * weight[i] - average - value * turn);
        expect(
          std::fabs(dx[i] - gradient) < 1e-5 * std::max(1.0, factor), "normalisation back", count, variant, i);
      }
      expect(y.back() == 7 && dx.back() == 7, "end of a row", count, variant, 0);
    }
    Numbers total = x;
    total.push_back(7);
    kernels_add(total.data(), before.data(), count);
    for (int64_t i = 0; i < count; ++i) expect(total[i] == x[i] + before[i], "sum", count, i, 0);
    expect(total.back() == 7, "end of a sum", count, 0, 0);
  }
}

int main() {
  static const char *const names[] = {"avx512", "avx2", "generic"};
  std::printf("pairs are preferred: %s\n", kernels_prefers_pairs() ? "yes" : "no");
  for (int set = 0; set < kernels_sets; ++set) {
    if (!kernels_has(set)) continue;
    kernels_use(set);
    const int before = faults;
    check_products();
    check_gemm();
    check_halves();
    check_half_products();
    check_transposed_halves();
    check_pairs();
    check_rounded_pairs();
    check_interpolation();
    check_maxima();
    check_lstm();
    check_activations();
    check_dots();
    check_columns();
    check_rows();
    std::printf("%s: %d faults\n", names[set], faults - before);
  }
  return faults > 0;
}
