#pragma once
// Matrix products by oneDNN, as C functions that give a status and never throw.
//
// A packed matrix is immutable and may be used by many threads at once. Every product runs on the
// calling thread alone, so that its result does not depend on how many threads there are; who wants
// more threads calls more products.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A right-hand matrix `[rows, columns]` in the layout that oneDNN's kernels read fastest.
typedef struct onednn_packed onednn_packed;

/// Packs `matrix[r * row_stride + c * column_stride]`. NULL where there is no memory for it or
/// oneDNN refuses.
onednn_packed *onednn_pack(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride,
  int64_t column_stride);

/// Writes a packed matrix to `out[r * row_stride + c * column_stride]`.
/// - Returns: 0 where all went well.
int onednn_unpack(
  const onednn_packed *packed, float *out, int64_t row_stride, int64_t column_stride);

void onednn_free(onednn_packed *packed);

int64_t onednn_packed_bytes(const onednn_packed *packed);

/// `out[m, n] = left[m, k] * packed[k, n] + bias[n]` (no bias where it is NULL), or without a bias
/// `out += ...` where `accumulates` is not 0.
/// Rows of `left` follow one another without a gap, those of `out` after `out_stride` numbers.
///
/// A primitive is made for each number of rows that is met and kept for the life of the matrix:
/// keep those numbers few.
/// - Returns: 0 where all went well.
int onednn_multiply(
  const onednn_packed *packed, const float *left, int64_t rows, const float *bias, float *out,
  int64_t out_stride, int accumulates);

#ifdef __cplusplus
}
#endif
