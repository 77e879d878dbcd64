#include "functions.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace {

const Functions *functions_of([[maybe_unused]] int set) {
#if defined(__x86_64__)
  switch (set) {
    case kernels_avx512: return &avx512_functions;
    case kernels_avx2: return &avx2_functions;
  }
#endif
  return &generic_functions;
}

const Functions *best() {
  for (int set = 0; set < kernels_sets; ++set) {
    if (kernels_has(set)) return functions_of(set);
  }
  return &generic_functions;
}

const Functions *const fastest = best();

/// What the thread was told to use; null for the fastest.
thread_local const Functions *chosen = nullptr;

const Functions &functions() { return chosen != nullptr ? *chosen : *fastest; }

bool has_pairs() {
#if defined(__x86_64__)
  return kernels_has(kernels_avx512) && __builtin_cpu_supports("avx512bw")
    && __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

const PairFunctions &pair_functions() {
#if defined(__x86_64__)
  static const bool has = has_pairs();
  if (has && &functions() == &avx512_functions) return avx512_pair_functions;
#endif
  return generic_pair_functions;
}

/// Seconds that a call takes.
template <class Body>
double time_of(Body body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Whether products of pairs take much less time than those of single precision. They do on AMD's processors
/// since Zen 4, by half; on Intel's without AMX they take twice as long (Emerald Rapids).
[[maybe_unused]] bool are_pairs_faster() {
  // A few tiles in a core's nearest caches: some ten microseconds a product.
  constexpr int64_t rows = 2 * kernels_tile_rows, depth = 256, columns = 2 * kernels_strip_columns;
  const std::vector<float> left(rows * depth), strips(depth * columns);
  std::vector<float> out(rows * columns);
  const auto *halves = reinterpret_cast<const uint16_t *>(strips.data());
  double single = 1, pairs = 1;
  // In turns, of which the shortest count, so that a moment without the processor does not.
  for (int turn = 0; turn < 8; ++turn) {
    single = std::min(single, time_of([&] {
      fastest->multiply(
        left.data(), depth, rows, depth, strips.data(), columns, nullptr, out.data(), columns, 0);
    }));
    pairs = std::min(pairs, time_of([&] {
      avx512_pair_functions.multiply(
        left.data(), depth, rows, depth, halves, columns, nullptr, out.data(), columns, 0);
    }));
  }
  return 1.25 * pairs < single;
}

/// - Parameter Together: how many rows lie beside one another.
template <int64_t Together>
void pack_halves(
  const uint16_t *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride,
  uint16_t *strip) {
  constexpr int64_t strip_columns = kernels_strip_columns;
  // Of a transposed matrix the lines of 32 columns are read at a time, each whole.
  for (int64_t block = 0; block < rows; block += 32) {
    const int64_t end = std::min<int64_t>(rows, block + 32);
    for (int64_t column = 0; column < strip_columns; ++column) {
      for (int64_t row = block; row < end; row += Together) {
        for (int64_t part = 0; part < Together; ++part) {
          strip[row * strip_columns + column * Together + part] =
            row + part < rows && column < columns
            ? matrix[(row + part) * row_stride + column * column_stride] : 0;
        }
      }
    }
  }
}

}  // namespace

int kernels_prefers_pairs(void) {
#if defined(__x86_64__)
  static const bool prefers = has_pairs() && are_pairs_faster();
  return prefers;
#else
  return 0;
#endif
}

int kernels_has(int set) {
  if (set == kernels_generic) return 1;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("fma")) return 0;
  switch (set) {
    case kernels_avx512: return __builtin_cpu_supports("avx512f") != 0;
    case kernels_avx2: return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("f16c") != 0;
  }
#endif
  return 0;
}

void kernels_use(int set) {
  if (kernels_has(set)) chosen = functions_of(set);
}

void kernels_pack_strip(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride,
  float *strip) {
  functions().pack_strip(matrix, rows, columns, row_stride, column_stride, strip);
}

void kernels_pack_half_strip(
  const uint16_t *matrix, int format, int64_t rows, int64_t columns, int64_t row_stride,
  int64_t column_stride, uint16_t *strip) {
  const auto pack = format == kernels_bfloat16_pairs ? pack_halves<2> : pack_halves<1>;
  pack(matrix, rows, columns, row_stride, column_stride, strip);
}

int64_t kernels_tiles(int64_t rows) { return functions().tiles(rows); }

void kernels_pack_rows(
  const float *left, int64_t left_stride, const int32_t *numbers, int64_t rows, int64_t depth,
  float *tile) {
  functions().pack_rows(left, left_stride, numbers, rows, depth, tile);
}

void kernels_multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates) {
  functions().multiply_tile(
    tile, rows, depth, strip, columns, bias, out, out_stride, accumulates);
}

int kernels_multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  return functions().multiply(
    left, left_stride, rows, depth, strips, columns, bias, out, out_stride, accumulates);
}

int kernels_multiply_transposed_tiles(
  const float *tiles, int64_t rows, int64_t depth, const float *strips, int64_t strip_rows,
  int64_t first, int64_t columns, float *out, int64_t out_stride, int accumulates) {
  return functions().multiply_transposed_tiles(
    tiles, rows, depth, strips, strip_rows, first, columns, out, out_stride, accumulates);
}

int kernels_multiply_transposed_rows(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  return functions().multiply_transposed_rows(
    left, left_stride, rows, depth, strips, strip_rows, first, columns, bias, out, out_stride,
    accumulates);
}

void kernels_interpolate(
  const float *rows, int64_t stride, int64_t row_count, const float *weights, int64_t out_rows,
  int64_t columns, float *out, int64_t out_stride) {
  functions().interpolate(rows, stride, row_count, weights, out_rows, columns, out, out_stride);
}

float kernels_interpolation_error(
  const float *x, int64_t stride, int64_t rows, const int32_t *numbers, int64_t row_count,
  const float *weights, int64_t columns, float *largest) {
  return functions().interpolation_error(
    x, stride, rows, numbers, row_count, weights, columns, largest);
}

void kernels_keep_largest(
  const float *x, int32_t number, int64_t count, float *largest, int32_t *numbers) {
  functions().keep_largest(x, number, count, largest, numbers);
}

void kernels_gather_at_steps(
  const float *d, int64_t d_stride, const int32_t *steps, int64_t rows, int64_t columns,
  const float *weights, int64_t nodes, int64_t first_step, int64_t step_count, float *dx) {
  functions().gather_at_steps(
    d, d_stride, steps, rows, columns, weights, nodes, first_step, step_count, dx);
}

void kernels_lstm_forward(float *gates, float *cell, float *hidden, int64_t units) {
  functions().lstm_forward(gates, cell, hidden, units);
}

void kernels_lstm_backward(
  float *gates, const float *previous_cell, const float *cell, const float *d_hidden,
  float *d_cell, int64_t units) {
  functions().lstm_backward(gates, previous_cell, cell, d_hidden, d_cell, units);
}

int kernels_multiply_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t columns, const float *bias, float *out, int64_t out_stride,
  int accumulates) {
  if (format == kernels_bfloat16_pairs) {
    return pair_functions().multiply(
      left, left_stride, rows, depth, strips, columns, bias, out, out_stride, accumulates);
  }
  return functions().multiply_halves(
    left, left_stride, rows, depth, strips, format, columns, bias, out, out_stride, accumulates);
}

int kernels_multiply_transposed_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  if (format == kernels_bfloat16_pairs) {
    return pair_functions().multiply_transposed(
      left, left_stride, rows, depth, strips, strip_rows, first, columns, bias, out, out_stride,
      accumulates);
  }
  return functions().multiply_transposed_halves(
    left, left_stride, rows, depth, strips, format, strip_rows, first, columns, bias, out,
    out_stride, accumulates);
}

void kernels_multiply_half_tile(
  const float *tile, int64_t rows, int64_t depth, const uint16_t *strip, int format,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  functions().multiply_half_tile(
    tile, rows, depth, strip, format, columns, bias, out, out_stride, accumulates);
}

int kernels_multiply_transposed_half_tiles(
  const float *tiles, int64_t rows, int64_t depth, const uint16_t *strips, int format,
  int64_t strip_rows, int64_t first, int64_t columns, float *out, int64_t out_stride,
  int accumulates) {
  return functions().multiply_transposed_half_tiles(
    tiles, rows, depth, strips, format, strip_rows, first, columns, out, out_stride, accumulates);
}

int kernels_gemm(
  int transposes_left, int transposes_right, int64_t rows, int64_t columns, int64_t depth,
  float factor, const float *left, int64_t left_stride, const float *right, int64_t right_stride,
  float keep, float *out, int64_t out_stride) {
  return functions().gemm(
    transposes_left, transposes_right, rows, columns, depth, factor, left, left_stride, right,
    right_stride, keep, out, out_stride);
}

void kernels_activate(
  int function, int aspect, const float *x, const float *factors, float *y, int64_t count) {
  functions().activate(function, aspect, x, factors, y, count);
}

void kernels_softmax(float *x, int64_t count) { functions().softmax(x, count); }

void kernels_log_softmax(float *x, int64_t count) { functions().log_softmax(x, count); }

void kernels_softmax_backward(const float *y, float *d, float total, int64_t count) {
  functions().softmax_backward(y, d, total, count);
}

void kernels_normalise(
  const float *x, const float *weight, const float *bias, int centres, float epsilon, int64_t count,
  float *y, float *mean, float *inverse) {
  functions().normalise(x, weight, bias, centres, epsilon, count, y, mean, inverse);
}

void kernels_normalise_backward(
  const float *dy, const float *x, const float *weight, float mean, float inverse, int centres,
  int is_constant, int64_t count, float *dx) {
  functions().normalise_backward(
    dy, x, weight, mean, inverse, centres, is_constant, count, dx);
}

void kernels_add(float *x, const float *y, int64_t count) { functions().add(x, y, count); }

void kernels_dots(
  const float *x, int64_t x_stride, int64_t x_count, const float *rows, int64_t stride,
  int64_t count, int64_t depth, float *out, int64_t out_stride) {
  functions().dots(x, x_stride, x_count, rows, stride, count, depth, out, out_stride);
}

void kernels_scale_columns(
  float *x, int64_t rows, int64_t columns, const float *factors, const float *shift) {
  functions().scale_columns(x, rows, columns, factors, shift);
}
