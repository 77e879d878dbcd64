#pragma once
// The loops that take a model's time, for processors with AVX-512 or AVX2 and, in the compiler's own
// vectors, for all others. Swift compiles for the oldest processor of an architecture and can't be
// told to compile one function for a newer one; C++ can: the same loops, once for each set of
// instructions.
//
// A right-hand matrix is stored as strips of 32 columns, each `[depth, 32]`, its last one filled up
// with zeros; a left-hand matrix as tiles of at most 14 rows, each `[depth, rows]`. With AVX-512 a
// tile times a strip fits into the registers, so both are read once, one after the other, from where
// they lie; with AVX2 half a tile times half a strip does.
// Measured (AMD Zen 4, two cores, 232 GFLOP/s at most): 230 GFLOP/s for 13 x 1152 x 4608.
//
// Products that pack something give 0, or 1 where there is no memory for it.
//
// Every sum of a product is added up in the order of the depth, whatever else is computed beside it, and
// that of a row in sixteen parts: a row's results depend neither on other rows nor on how the work is cut.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { kernels_strip_columns = 32, kernels_tile_rows = 14 };

/// Sets of instructions, the best first.
enum { kernels_avx512, kernels_avx2, kernels_generic, kernels_sets };

/// Whether this processor has a set of instructions.
int kernels_has(int set);

/// From here on the functions below, called from this thread, use a set of instructions that this
/// processor has; without this call, the best. For tests: those beside them on other threads go on as before.
void kernels_use(int set);

/// Whether the compiler made them fast.
int kernels_optimized(void);

/// Writes `matrix[r * row_stride + c * column_stride]`, at most 32 columns, as one strip.
void kernels_pack_strip(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride,
  float *strip);

/// How numbers of two bytes are stored and multiplied. In the first two formats they are widened, and the
/// results are those of the same numbers in four bytes, bit by bit. In the third the left-hand side is rounded to
/// bfloat16 too; the rows of a strip lie two by two, `[depth / 2, 32, 2]`, with zeros after an odd depth.
enum { kernels_float16, kernels_bfloat16, kernels_bfloat16_pairs };

/// Whether this processor multiplies pairs faster than numbers of single precision: measured at the first call, in
/// less than a millisecond. Without instructions for pairs, their products are there too, but slow.
int kernels_prefers_pairs(void);

/// The same with numbers of two bytes.
void kernels_pack_half_strip(
  const uint16_t *matrix, int format, int64_t rows, int64_t columns, int64_t row_stride,
  int64_t column_stride, uint16_t *strip);

/// Into how many tiles of about equal size rows are best cut.
int64_t kernels_tiles(int64_t rows);

/// Writes at most 14 rows of a row-major matrix, those with the given numbers or, without
/// numbers, the first, as one tile.
void kernels_pack_rows(
  const float *left, int64_t left_stride, const int32_t *numbers, int64_t rows, int64_t depth,
  float *tile);

/// `out[m, n] = tile[m, k] * strip[k, n] + bias[n]` (no bias where it is NULL), or
/// `out += tile * strip`.
void kernels_multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates);

/// The same for any number of rows, not packed yet, and for strips that follow one another with
/// `columns` columns in all.
int kernels_multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates);

/// `out[m, n] = tiles[m, k] * matrix[first + n, k]`, or `out += …`, where the matrix is stored as strips
/// of `strip_rows` rows each with `depth` columns in all: a product with its transpose, which is made
/// piece by piece where it is used.
/// - tiles: as many as `kernels_tiles` says, about equal, of `rows` rows in all.
/// - first: a multiple of 32.
int kernels_multiply_transposed_tiles(
  const float *tiles, int64_t rows, int64_t depth, const float *strips, int64_t strip_rows,
  int64_t first, int64_t columns, float *out, int64_t out_stride, int accumulates);

/// The same for rows that are not packed yet, with a bias where it is not NULL.
int kernels_multiply_transposed_rows(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates);

/// `kernels_multiply` with strips of numbers of two bytes.
int kernels_multiply_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t columns, const float *bias, float *out, int64_t out_stride,
  int accumulates);

/// `kernels_multiply_tile` likewise, but not with pairs.
void kernels_multiply_half_tile(
  const float *tile, int64_t rows, int64_t depth, const uint16_t *strip, int format,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates);

/// `kernels_multiply_transposed_tiles` likewise, but not with pairs.
int kernels_multiply_transposed_half_tiles(
  const float *tiles, int64_t rows, int64_t depth, const uint16_t *strips, int format,
  int64_t strip_rows, int64_t first, int64_t columns, float *out, int64_t out_stride,
  int accumulates);

/// `kernels_multiply_transposed_rows` likewise.
int kernels_multiply_transposed_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates);

/// `out[m, n] = factor * left'[m, k] * right'[k, n] + keep * out[m, n]`, all row-major, where a
/// matrix with a dash is the one given or, if it says so, its transpose. Strides are those of the
/// matrices as given. Nothing is packed beforehand: for matrices that change at every call, as in
/// attention.
int kernels_gemm(
  int transposes_left, int transposes_right, int64_t rows, int64_t columns, int64_t depth,
  float factor, const float *left, int64_t left_stride, const float *right, int64_t right_stride,
  float keep, float *out, int64_t out_stride);

/// `out[m, n] = weights[m, r] * rows[r, n]` for at most 14 rows `r`.
void kernels_interpolate(
  const float *rows, int64_t stride, int64_t row_count, const float *weights, int64_t out_rows,
  int64_t columns, float *out, int64_t out_stride);

/// The largest `|x[m, n] - weights[m, r] * x[numbers[r], n]|` of all rows `m`; `largest` becomes the
/// largest `|x|`.
float kernels_interpolation_error(
  const float *x, int64_t stride, int64_t rows, const int32_t *numbers, int64_t row_count,
  const float *weights, int64_t columns, float *largest);

/// Where `x` is above `largest`, or no number, it takes its place, and `number` that of its number.
void kernels_keep_largest(
  const float *x, int32_t number, int64_t count, float *largest, int32_t *numbers);

/// `dx[steps[m, n] - first_step, r, n] += weights[m, r] * d[m, n]` for all rows `m` and nodes `r`, where the
/// step is none below 0 and one of the `step_count` that `dx` holds; `steps` and each step of `dx` have no gaps
/// between their rows.
void kernels_gather_at_steps(
  const float *d, int64_t d_stride, const int32_t *steps, int64_t rows, int64_t columns,
  const float *weights, int64_t nodes, int64_t first_step, int64_t step_count, float *dx);

/// One time step of an LSTM for one row, as `lstmStepForward` in Swift.
void kernels_lstm_forward(float *gates, float *cell, float *hidden, int64_t units);

/// The backward pass through it, as `lstmStepBackward` in Swift.
void kernels_lstm_backward(
  float *gates, const float *previous_cell, const float *cell, const float *d_hidden,
  float *d_cell, int64_t units);

/// Functions of one number, as Swift's `Activation` explains them.
enum {
  kernels_identity, kernels_sigmoid, kernels_tanh, kernels_exp, kernels_relu, kernels_relu6,
  kernels_leaky_relu, kernels_squared_relu, kernels_gelu, kernels_gelu_tanh, kernels_clipped_gelu,
  kernels_silu, kernels_quick_gelu, kernels_hard_swish, kernels_mish, kernels_laplace,
  kernels_activations
};

/// What of a function `f`: `f(x)`, its derivative, or `f(x) / x` with its limit at 0; for a function that
/// is not zero at zero the last is the derivative.
enum { kernels_value, kernels_slope, kernels_share, kernels_aspects };

/// `y[i]` is what is asked for of the function at `x[i]`, times `factors[i]` where these are not NULL.
/// `y` may be one of the others.
void kernels_activate(
  int function, int aspect, const float *x, const float *factors, float *y, int64_t count);

/// `e^x / sum e^x` in place.
void kernels_softmax(float *x, int64_t count);

/// `x - log sum e^x` in place.
void kernels_log_softmax(float *x, int64_t count);

/// The backward pass through a softmax with the result `y`, in place: `y * (d - (sum of y * d) / total)`, with
/// 1 for the sum of all `y`.
void kernels_softmax_backward(const float *y, float *d, float total, int64_t count);

/// A row with mean 0, or as it is where it is not centred, and variance 1, then a factor and a shift a
/// column; `inverse` becomes one over the standard deviation.
void kernels_normalise(
  const float *x, const float *weight, const float *bias, int centres, float epsilon, int64_t count,
  float *y, float *mean, float *inverse);

/// The backward pass through it. `dx` may not be one of the others.
/// - is_constant: the standard deviation counts as a constant.
void kernels_normalise_backward(
  const float *dy, const float *x, const float *weight, float mean, float inverse, int centres,
  int is_constant, int64_t count, float *dx);

/// `x += y`.
void kernels_add(float *x, const float *y, int64_t count);

/// `out[m, n] = sum over k of x[m, k] * rows[n, k]`, each sum in sixteen parts: that rounds less than a product,
/// which adds up in the order of the depth.
void kernels_dots(
  const float *x, int64_t x_stride, int64_t x_count, const float *rows, int64_t stride,
  int64_t count, int64_t depth, float *out, int64_t out_stride);

/// `x[m, n] = x[m, n] * factors[n] + shift[n]`, without the sum where there is no shift.
void kernels_scale_columns(
  float *x, int64_t rows, int64_t columns, const float *factors, const float *shift);

/// Freed memory stays with the process instead of going back to the system.
void kernels_keep_freed_memory(void);

/// What is free now goes back to the system.
void kernels_return_freed_memory(void);

/// From here on this thread does not take a core from one that waits for input and wakes up, such as
/// the one that draws; it computes as fast as ever where there is none.
void kernels_let_others_first(void);

/// Tells the processor that a loop only waits.
static inline void kernels_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

#ifdef __cplusplus
}
#endif
