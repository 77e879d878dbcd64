#pragma once
// Products of matrices that change at every call, as in attention: nothing is packed.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// `out[m, n] = factor * left'[m, k] * right'[k, n] + keep * out[m, n]`, all row-major, where a
/// matrix with a dash is the one given or, if it says so, its transpose. Strides are those of the
/// matrices as given. Runs on the calling thread alone.
/// - Returns: 0 where all went well.
int onednn_gemm(
  int transposes_left, int transposes_right, int64_t rows, int64_t columns, int64_t inner,
  float factor, const float *left, int64_t left_stride, const float *right, int64_t right_stride,
  float keep, float *out, int64_t out_stride);

#ifdef __cplusplus
}
#endif
