#include "functions.h"

#include <atomic>

namespace {

const Functions *functions_of(int set) {
#if defined(__x86_64__)
  switch (set) {
    case kernels_avx512: return &avx512_functions;
    case kernels_avx2: return &avx2_functions;
  }
#endif
  return nullptr;
}

const Functions *best() {
  for (int set = 0; set < kernels_sets; ++set) {
    if (kernels_has(set)) return functions_of(set);
  }
  return nullptr;
}

/// Null where there is none: who calls has asked `kernels_available`.
std::atomic<const Functions *> chosen{best()};

const Functions &functions() { return *chosen.load(std::memory_order_relaxed); }

}  // namespace

int kernels_has(int set) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("fma")) return 0;
  switch (set) {
    case kernels_avx512: return __builtin_cpu_supports("avx512f") != 0;
    case kernels_avx2: return __builtin_cpu_supports("avx2") != 0;
  }
#endif
  return 0;
}

void kernels_use(int set) {
  if (kernels_has(set)) chosen = functions_of(set);
}

int kernels_available(void) { return best() != nullptr; }

void kernels_pack_strip(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride,
  float *strip) {
  functions().pack_strip(matrix, rows, columns, row_stride, column_stride, strip);
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

void kernels_multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  functions().multiply(
    left, left_stride, rows, depth, strips, columns, bias, out, out_stride, accumulates);
}

void kernels_multiply_turned_tiles(
  const float *tiles, int64_t rows, int64_t depth, const float *strips, int64_t strip_rows,
  int64_t first, int64_t columns, float *out, int64_t out_stride, int accumulates) {
  functions().multiply_turned_tiles(
    tiles, rows, depth, strips, strip_rows, first, columns, out, out_stride, accumulates);
}

void kernels_multiply_turned_rows(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  functions().multiply_turned_rows(
    left, left_stride, rows, depth, strips, strip_rows, first, columns, bias, out, out_stride,
    accumulates);
}

void kernels_blend(
  const float *rows, int64_t stride, int64_t row_count, const float *weights, int64_t out_rows,
  int64_t columns, float *out, int64_t out_stride) {
  functions().blend(rows, stride, row_count, weights, out_rows, columns, out, out_stride);
}

float kernels_blend_error(
  const float *x, int64_t stride, int64_t rows, const int32_t *numbers, int64_t row_count,
  const float *weights, int64_t columns, float *largest) {
  return functions().blend_error(
    x, stride, rows, numbers, row_count, weights, columns, largest);
}

void kernels_lstm_forward(float *gates, float *cell, float *hidden, int64_t units) {
  functions().lstm_forward(gates, cell, hidden, units);
}

void kernels_lstm_backward(
  float *gates, const float *previous_cell, const float *cell, const float *d_hidden,
  float *d_cell, int64_t units) {
  functions().lstm_backward(gates, previous_cell, cell, d_hidden, d_cell, units);
}
