// The words of the loops, for AVX-512. Included inside a namespace.

#define INLINE __attribute__((always_inline)) static inline

using Vector = __m512;
constexpr int width = 16;

/// A tile of 14 rows times a strip of 32 columns is 28 of the 32 registers.
constexpr int most_rows(int) { return 14; }
constexpr int most_vectors = 2;
constexpr int vectors_for(int64_t) { return 2; }
/// As many rows as are packed at a time: half of a core's cache of 1 MB.
constexpr int64_t block_rows = 112;

/// The first few lanes of a vector.
struct Lanes {
  __mmask16 mask;
};

INLINE Lanes first_lanes(int64_t count) {
  return {static_cast<__mmask16>(count >= width ? 0xffff : count <= 0 ? 0 : (1u << count) - 1)};
}

INLINE Vector zero() { return _mm512_setzero_ps(); }
INLINE Vector same(float x) { return _mm512_set1_ps(x); }
INLINE Vector load(const float *from) { return _mm512_loadu_ps(from); }
INLINE Vector load(const float *from, Lanes lanes) {
  return _mm512_maskz_loadu_ps(lanes.mask, from);
}
INLINE Vector load_float16(const uint16_t *from) {
  return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
}
INLINE Vector load_bfloat16(const uint16_t *from) {
  const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from));
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
}
INLINE void store(float *to, Vector x) { _mm512_storeu_ps(to, x); }
INLINE void store(float *to, Vector x, Lanes lanes) { _mm512_mask_storeu_ps(to, lanes.mask, x); }

INLINE Vector plus(Vector a, Vector b) { return _mm512_add_ps(a, b); }
INLINE Vector minus(Vector a, Vector b) { return _mm512_sub_ps(a, b); }
INLINE Vector times(Vector a, Vector b) { return _mm512_mul_ps(a, b); }
INLINE Vector over(Vector a, Vector b) { return _mm512_div_ps(a, b); }
/// `a * b + c`.
INLINE Vector product_plus(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
/// `c - a * b`.
INLINE Vector minus_product(Vector a, Vector b, Vector c) { return _mm512_fnmadd_ps(a, b, c); }
// Both give the second number where one is NaN.
INLINE Vector larger(Vector a, Vector b) { return _mm512_max_ps(a, b); }
INLINE Vector smaller(Vector a, Vector b) { return _mm512_min_ps(a, b); }
/// `a > b ? yes : no` in each lane; `no` where one is NaN.
INLINE Vector where_above(Vector a, Vector b, Vector yes, Vector no) {
  return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(a, b, _CMP_GT_OQ), no, yes);
}
INLINE Vector absolute(Vector x) { return _mm512_abs_ps(x); }
INLINE Vector with_sign_of(Vector x, Vector sign) {
  const __m512i bit = _mm512_set1_epi32(INT32_MIN);
  return _mm512_castsi512_ps(_mm512_or_si512(
    _mm512_castps_si512(_mm512_abs_ps(x)), _mm512_and_si512(_mm512_castps_si512(sign), bit)));
}
/// `2^n`, where the bits of `n` end those of the number.
INLINE Vector power_of_two(Vector shifted) {
  return _mm512_castsi512_ps(_mm512_add_epi32(
    _mm512_slli_epi32(_mm512_castps_si512(shifted), 23), _mm512_set1_epi32(0x3f800000)));
}
INLINE float largest_lane(Vector x) { return _mm512_reduce_max_ps(x); }

/// A square of numbers, its rows made its columns.
INLINE void turn(Vector (&a)[width]) {
  Vector b[width];
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
}
