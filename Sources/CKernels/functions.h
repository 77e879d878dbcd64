#pragma once
// The loops of one set of instructions.

#include "kernels.h"

struct Functions {
  decltype(&kernels_pack_strip) pack_strip;
  decltype(&kernels_tiles) tiles;
  decltype(&kernels_pack_rows) pack_rows;
  decltype(&kernels_multiply_tile) multiply_tile;
  decltype(&kernels_multiply) multiply;
  decltype(&kernels_multiply_transposed_tiles) multiply_transposed_tiles;
  decltype(&kernels_multiply_transposed_rows) multiply_transposed_rows;
  decltype(&kernels_interpolate) interpolate;
  decltype(&kernels_interpolation_error) interpolation_error;
  decltype(&kernels_keep_largest) keep_largest;
  decltype(&kernels_gather_at_steps) gather_at_steps;
  decltype(&kernels_lstm_forward) lstm_forward;
  decltype(&kernels_lstm_backward) lstm_backward;
  decltype(&kernels_multiply_halves) multiply_halves;
  decltype(&kernels_multiply_transposed_halves) multiply_transposed_halves;
  decltype(&kernels_multiply_half_tile) multiply_half_tile;
  decltype(&kernels_multiply_transposed_half_tiles) multiply_transposed_half_tiles;
  decltype(&kernels_gemm) gemm;
  decltype(&kernels_activate) activate;
  decltype(&kernels_softmax) softmax;
  decltype(&kernels_log_softmax) log_softmax;
  decltype(&kernels_softmax_backward) softmax_backward;
  decltype(&kernels_normalise) normalise;
  decltype(&kernels_normalise_backward) normalise_backward;
  decltype(&kernels_add) add;
  decltype(&kernels_dots) dots;
  decltype(&kernels_scale_columns) scale_columns;
};

/// Those of the namespace that is at hand.
#define FUNCTIONS                                                                              \
  {                                                                                            \
    pack_strip, tiles_of, pack_rows, multiply_tile, multiply, multiply_transposed_tiles,           \
    multiply_transposed_rows, interpolate, interpolation_error, keep_largest, gather_at_steps,     \
    lstm_forward, lstm_backward, multiply_halves,                                                  \
    multiply_transposed_halves, multiply_half_tile, multiply_transposed_half_tiles, gemm,               \
    activate, softmax, log_softmax, softmax_backward, normalise, normalise_backward, add, dots, \
    scale_columns                                                                              \
  }

/// Products of pairs of bfloat16 numbers, `kernels_bfloat16_pairs`.
struct PairFunctions {
  int (*multiply)(
    const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
    int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates);
  int (*multiply_transposed)(
    const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
    int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
    int64_t out_stride, int accumulates);
};

#define PAIR_FUNCTIONS {multiply_pairs, multiply_transposed_pairs}

extern const PairFunctions avx512_pair_functions, generic_pair_functions;
extern const Functions avx512_functions, avx2_functions, generic_functions;
