#include "kernels.h"
#include "vectors.h"

#if defined(__x86_64__)

AVX512 void kernels_blend(
  const float *rows, int64_t stride, int64_t row_count, const float *weights, int64_t out_rows,
  int64_t columns, const float *start, float *out, int64_t out_stride) {
  for (int64_t column = 0; column < columns; column += 16) {
    const __mmask16 mask = first_lanes(columns - column);
    __m512 row[kernels_tile_rows];
    for (int64_t r = 0; r < row_count; ++r) {
      row[r] = _mm512_maskz_loadu_ps(mask, rows + r * stride + column);
    }
    for (int64_t m = 0; m < out_rows; ++m) {
      float *to = out + m * out_stride + column;
      __m512 sum = _mm512_maskz_loadu_ps(mask, start == nullptr ? to : start + column);
      for (int64_t r = 0; r < row_count; ++r) {
        sum = _mm512_fmadd_ps(_mm512_set1_ps(weights[m * row_count + r]), row[r], sum);
      }
      _mm512_mask_storeu_ps(to, mask, sum);
    }
  }
}

AVX512 float kernels_blend_error(
  const float *x, int64_t stride, int64_t rows, const int32_t *numbers, int64_t row_count,
  const float *weights, int64_t columns, float *largest) {
  __m512 most = _mm512_setzero_ps(), error = _mm512_setzero_ps();
  for (int64_t column = 0; column < columns; column += 16) {
    const __mmask16 mask = first_lanes(columns - column);
    __m512 row[kernels_tile_rows];
    for (int64_t r = 0; r < row_count; ++r) {
      row[r] = _mm512_maskz_loadu_ps(mask, x + numbers[r] * stride + column);
    }
    for (int64_t m = 0; m < rows; ++m) {
      __m512 rest = _mm512_maskz_loadu_ps(mask, x + m * stride + column);
      most = _mm512_max_ps(most, _mm512_abs_ps(rest));
      for (int64_t r = 0; r < row_count; ++r) {
        rest = _mm512_fnmadd_ps(_mm512_set1_ps(weights[m * row_count + r]), row[r], rest);
      }
      error = _mm512_max_ps(error, _mm512_abs_ps(rest));
    }
  }
  *largest = _mm512_reduce_max_ps(most);
  return _mm512_reduce_max_ps(error);
}

#else

void kernels_blend(
  const float *, int64_t, int64_t, const float *, int64_t, int64_t, const float *, float *,
  int64_t) {}
float kernels_blend_error(
  const float *, int64_t, int64_t, const int32_t *, int64_t, const float *, int64_t,
  float *largest) {
  *largest = 0;
  return 0;
}

#endif
