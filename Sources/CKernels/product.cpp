#include "kernels.h"
#include "vectors.h"

#include <algorithm>
#include <cstdlib>

#if defined(__x86_64__)

namespace {

constexpr int64_t strip_columns = kernels_strip_columns;
constexpr int64_t tile_rows = kernels_tile_rows;
/// As many rows and as much depth as are packed at a time: half of a core's cache of 1 MB.
constexpr int64_t block_rows = 8 * tile_rows;
constexpr int64_t block_depth = 1152;

struct Task {
  const float *tile, *strip, *bias;
  int64_t depth;
  __mmask16 last;
  float *out;
  int64_t out_stride;
  bool accumulates;
};

/// `Rows` times `16 * Vectors` sums stay in registers over the whole depth.
template <int Rows, int Vectors>
AVX512 void multiply(const Task &task) {
  // Far enough ahead to hide memory's delay; with few rows the memory itself is the limit, and
  // asking for the next lines only works best.
  constexpr int64_t ahead = (Rows < 4 ? 2 : 32) * strip_columns;
  const __mmask16 last = task.last;
  __m512 sums[Rows][Vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; ++v) sums[r][v] = _mm512_setzero_ps();
  }
  // The sums of the strip to the right, which is likely next, are on their way meanwhile.
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
    const float *next = task.out + r * task.out_stride + strip_columns;
    _mm_prefetch(reinterpret_cast<const char *>(next), _MM_HINT_T0);
    _mm_prefetch(reinterpret_cast<const char *>(next + 16), _MM_HINT_T0);
  }
  const float *left = task.tile, *right = task.strip;
  for (int64_t k = 0; k < task.depth; ++k, left += Rows, right += strip_columns) {
    __m512 row[Vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; ++v) {
      row[v] = _mm512_load_ps(right + 16 * v);
      _mm_prefetch(reinterpret_cast<const char *>(right + ahead + 16 * v), _MM_HINT_T0);
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < Rows; ++r) {
      const __m512 factor = _mm512_set1_ps(left[r]);
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) sums[r][v] = _mm512_fmadd_ps(factor, row[v], sums[r][v]);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; ++v) {
      const __mmask16 mask = v + 1 == Vectors ? last : 0xffff;
      float *to = task.out + r * task.out_stride + 16 * v;
      const float *start = task.accumulates ? to : task.bias == nullptr ? nullptr : task.bias + 16 * v;
      // Last, so that a thousand small products are not rounded to the size of a large start.
      if (start != nullptr) {
        sums[r][v] = _mm512_add_ps(sums[r][v], _mm512_maskz_loadu_ps(mask, start));
      }
      _mm512_mask_storeu_ps(to, mask, sums[r][v]);
    }
  }
}

template <int Vectors>
void multiply(const Task &task, int64_t rows) {
  switch (rows) {
    case 1: return multiply<1, Vectors>(task);
    case 2: return multiply<2, Vectors>(task);
    case 3: return multiply<3, Vectors>(task);
    case 4: return multiply<4, Vectors>(task);
    case 5: return multiply<5, Vectors>(task);
    case 6: return multiply<6, Vectors>(task);
    case 7: return multiply<7, Vectors>(task);
    case 8: return multiply<8, Vectors>(task);
    case 9: return multiply<9, Vectors>(task);
    case 10: return multiply<10, Vectors>(task);
    case 11: return multiply<11, Vectors>(task);
    case 12: return multiply<12, Vectors>(task);
    case 13: return multiply<13, Vectors>(task);
    case 14: return multiply<14, Vectors>(task);
  }
}

/// A thread's room for the block of the left-hand matrix that it works on.
struct Room {
  float *numbers = static_cast<float *>(
    std::aligned_alloc(4096, (block_rows * block_depth * sizeof(float) + 8191) / 4096 * 4096));
  ~Room() { std::free(numbers); }
};

float *room() {
  thread_local Room room;
  return room.numbers;
}

/// Where tile `index` of `tiles` begins: rows are spread evenly, so that no tile is much smaller
/// than the others.
int64_t first_row(int64_t index, int64_t tiles, int64_t rows) { return rows * index / tiles; }

}  // namespace

int kernels_available(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma");
}

AVX512 void kernels_pack_strip(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride,
  float *strip) {
  if (row_stride == 1) {
    for (int64_t row = 0; row < rows; row += 16) {
      for (int64_t column = 0; column < strip_columns; column += 16) {
        transpose(
          matrix + row + column * column_stride, column_stride, nullptr,
          std::clamp<int64_t>(columns - column, 0, 16), std::min<int64_t>(rows - row, 16),
          strip + row * strip_columns + column, strip_columns, 16);
      }
    }
    return;
  }
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t column = 0; column < strip_columns; ++column) {
      strip[row * strip_columns + column] =
        column < columns ? matrix[row * row_stride + column * column_stride] : 0;
    }
  }
}

void kernels_pack_tile(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, float *tile) {
  kernels_pack_rows(left, left_stride, nullptr, rows, depth, tile);
}

AVX512 void kernels_pack_rows(
  const float *left, int64_t left_stride, const int32_t *numbers, int64_t rows, int64_t depth,
  float *tile) {
  for (int64_t k = 0; k < depth; k += 16) {
    transpose(
      left + k, left_stride, numbers, rows, std::min<int64_t>(depth - k, 16), tile + k * rows,
      rows, rows);
  }
}

void kernels_multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates) {
  const int64_t last = columns > 16 ? columns - 16 : columns;
  const Task task{
    tile, strip, bias, depth, static_cast<__mmask16>((1u << last) - 1), out, out_stride,
    accumulates != 0};
  columns > 16 ? multiply<2>(task, rows) : multiply<1>(task, rows);
}

void kernels_multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  float *packed = room();
  for (int64_t block = 0; block < rows; block += block_rows) {
    const int64_t count = std::min(block_rows, rows - block);
    const int64_t tiles = (count + tile_rows - 1) / tile_rows;
    for (int64_t k = 0; k == 0 || k < depth; k += block_depth) {
      const int64_t part = std::min(block_depth, depth - k);
      for (int64_t tile = 0; tile < tiles; ++tile) {
        const int64_t row = first_row(tile, tiles, count);
        kernels_pack_tile(
          left + (block + row) * left_stride + k, left_stride,
          first_row(tile + 1, tiles, count) - row, part, packed + row * part);
      }
      for (int64_t column = 0; column < columns; column += strip_columns) {
        for (int64_t tile = 0; tile < tiles; ++tile) {
          const int64_t row = first_row(tile, tiles, count);
          kernels_multiply_tile(
            packed + row * part, first_row(tile + 1, tiles, count) - row, part,
            strips + column * depth + k * strip_columns,
            std::min(strip_columns, columns - column), bias == nullptr ? nullptr : bias + column,
            out + (block + row) * out_stride + column, out_stride, accumulates || k > 0);
        }
      }
    }
  }
}

#else

// Other processors never ask: `kernels_available` says no.
int kernels_available(void) { return 0; }
void kernels_pack_strip(const float *, int64_t, int64_t, int64_t, int64_t, float *) {}
void kernels_pack_tile(const float *, int64_t, int64_t, int64_t, float *) {}
void kernels_pack_rows(
  const float *, int64_t, const int32_t *, int64_t, int64_t, float *) {}
void kernels_multiply_tile(
  const float *, int64_t, int64_t, const float *, int64_t, const float *, float *, int64_t, int) {}
void kernels_multiply(
  const float *, int64_t, int64_t, int64_t, const float *, int64_t, const float *, float *,
  int64_t, int) {}

#endif
