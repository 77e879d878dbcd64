// The words for pairs of bfloat16 numbers, for AVX512_BF16. Included inside a namespace, after those for AVX-512.

/// Two vectors rounded to bfloat16, in pairs of numbers beside one another.
INLINE Vector rounded_pairs(Vector first, Vector second) {
  return reinterpret_cast<Vector>(_mm512_cvtne2ps_pbh(second, first));
}

/// The products of both numbers of each pair are added to `c`.
INLINE Vector pair_products_plus(Vector a, Vector b, Vector c) {
  return _mm512_dpbf16_ps(c, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b));
}

/// `[16, 32, 2]`, the pairs of two rows beside one another, as `[16, 32, 2]` of the transpose, while the block at
/// `next` is on its way.
INLINE void transpose_pairs(const float *from, const float *next, float *to) {
  // Two rows times two columns are eight bytes: those are transposed as a whole, and within.
  const __m512i turned = _mm512_set4_epi32(0x0f0e0b0a, 0x0d0c0908, 0x07060302, 0x05040100);
  for (int row = 0; row < 16; row += 8) {
    for (int column = 0; column < 32; column += 16) {
      __m512d a[8], b[8];
#pragma clang loop unroll(full)
      for (int r = 0; r < 8; ++r) {
        a[r] = _mm512_castps_pd(load(from + (row + r) * strip_columns + column));
        __builtin_prefetch(next + (row + r) * strip_columns + column);
      }
#pragma clang loop unroll(full)
      for (int r = 0; r < 8; r += 2) {
        b[r] = _mm512_unpacklo_pd(a[r], a[r + 1]);
        b[r + 1] = _mm512_unpackhi_pd(a[r], a[r + 1]);
      }
      // Fours of rows within each quarter of a register, then the quarters.
#pragma clang loop unroll(full)
      for (int r = 0; r < 2; ++r) {
        a[r] = _mm512_shuffle_f64x2(b[r], b[r + 2], 0x88);
        a[r + 2] = _mm512_shuffle_f64x2(b[r], b[r + 2], 0xdd);
        a[r + 4] = _mm512_shuffle_f64x2(b[r + 4], b[r + 6], 0x88);
        a[r + 6] = _mm512_shuffle_f64x2(b[r + 4], b[r + 6], 0xdd);
      }
#pragma clang loop unroll(full)
      for (int r = 0; r < 4; ++r) {
        b[r] = _mm512_shuffle_f64x2(a[r], a[r + 4], 0x88);
        b[r + 4] = _mm512_shuffle_f64x2(a[r], a[r + 4], 0xdd);
      }
#pragma clang loop unroll(full)
      for (int c = 0; c < 8; ++c) {
        const __m512i pairs = _mm512_shuffle_epi8(_mm512_castpd_si512(b[c]), turned);
        store(to + (column / 2 + c) * strip_columns + 2 * row, _mm512_castsi512_ps(pairs));
      }
    }
  }
}
