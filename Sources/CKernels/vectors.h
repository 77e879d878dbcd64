#pragma once
// What the kernels share: masks, and a block of 16 x 16 numbers turned round in registers.

#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,fma")))
#define AVX512_INLINE __attribute__((target("avx512f,fma"), always_inline)) static inline

/// The first `count` of 16 lanes.
AVX512_INLINE __mmask16 first_lanes(int64_t count) {
  return static_cast<__mmask16>(count >= 16 ? 0xffff : (1u << count) - 1);
}

/// `to[c * to_stride + r] = from[n * from_stride + c]` for `rows, columns <= 16`, where `n` is `r`
/// or, if there are numbers, `numbers[r]`; the first `stored` numbers of each row of `to` are
/// written, those beyond `rows` as zeros.
AVX512_INLINE void transpose(
  const float *from, int64_t from_stride, const int32_t *numbers, int64_t rows, int64_t columns,
  float *to, int64_t to_stride, int64_t stored) {
  const __mmask16 in = first_lanes(columns), out = first_lanes(stored);
  __m512 a[16], b[16];
  for (int r = 0; r < 16; ++r) {
    const int64_t number = r >= rows || numbers == nullptr ? r : numbers[r];
    a[r] =
      r < rows ? _mm512_maskz_loadu_ps(in, from + number * from_stride) : _mm512_setzero_ps();
  }
  // Pairs, then fours of rows within each quarter of a register, then the quarters.
  for (int r = 0; r < 16; r += 2) {
    b[r] = _mm512_unpacklo_ps(a[r], a[r + 1]);
    b[r + 1] = _mm512_unpackhi_ps(a[r], a[r + 1]);
  }
  for (int r = 0; r < 16; r += 4) {
    for (int half = 0; half < 2; ++half) {
      const __m512d low = _mm512_castps_pd(b[r + half]), high = _mm512_castps_pd(b[r + 2 + half]);
      a[r + 2 * half] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
      a[r + 2 * half + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
    }
  }
  for (int r = 0; r < 4; ++r) {
    b[r] = _mm512_shuffle_f32x4(a[r], a[r + 4], 0x88);
    b[r + 4] = _mm512_shuffle_f32x4(a[r], a[r + 4], 0xdd);
    b[r + 8] = _mm512_shuffle_f32x4(a[r + 8], a[r + 12], 0x88);
    b[r + 12] = _mm512_shuffle_f32x4(a[r + 8], a[r + 12], 0xdd);
  }
  for (int r = 0; r < 4; ++r) {
    a[r] = _mm512_shuffle_f32x4(b[r], b[r + 8], 0x88);
    a[r + 4] = _mm512_shuffle_f32x4(b[r + 4], b[r + 12], 0x88);
    a[r + 8] = _mm512_shuffle_f32x4(b[r], b[r + 8], 0xdd);
    a[r + 12] = _mm512_shuffle_f32x4(b[r + 4], b[r + 12], 0xdd);
  }
  for (int c = 0; c < 16; ++c) {
    if (c < columns) _mm512_mask_storeu_ps(to + c * to_stride, out, a[c]);
  }
}
#endif
