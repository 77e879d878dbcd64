// The words of the loops, for AVX2 with FMA. Included inside a namespace.

#define INLINE __attribute__((always_inline)) static inline

using Vector = __m256;
constexpr int width = 8;

/// Six rows times 16 columns, or three times 32, are 12 of the 16 registers.
constexpr int most_rows(int vectors) { return vectors <= 2 ? 6 : 3; }
constexpr int most_vectors = 4;
/// A whole strip at once for few rows, so that there are sums enough to hide an addition's delay.
constexpr int vectors_for(int64_t rows) { return rows <= 3 ? 4 : 2; }
/// As many rows as are packed at a time: with a strip beside them they fill a core's cache of 512 KB.
constexpr int64_t block_rows = 72;

/// The first few lanes of a vector.
struct Lanes {
  __m256i mask;
  bool all;
};

INLINE Lanes first_lanes(int64_t count) {
  const __m256i places = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const int bound = static_cast<int>(count > width ? width : count < 0 ? 0 : count);
  return {_mm256_cmpgt_epi32(_mm256_set1_epi32(bound), places), count >= width};
}

INLINE Vector zero() { return _mm256_setzero_ps(); }
INLINE Vector same(float x) { return _mm256_set1_ps(x); }
INLINE Vector load(const float *from) { return _mm256_loadu_ps(from); }
INLINE Vector load(const float *from, Lanes lanes) {
  return lanes.all ? _mm256_loadu_ps(from) : _mm256_maskload_ps(from, lanes.mask);
}
INLINE Vector load_float16(const uint16_t *from) {
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
}
INLINE Vector load_bfloat16(const uint16_t *from) {
  const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}
INLINE void store(float *to, Vector x) { _mm256_storeu_ps(to, x); }
INLINE void store(float *to, Vector x, Lanes lanes) {
  // A masked store is slow on some of these processors.
  lanes.all ? _mm256_storeu_ps(to, x) : _mm256_maskstore_ps(to, lanes.mask, x);
}

INLINE Vector plus(Vector a, Vector b) { return _mm256_add_ps(a, b); }
INLINE Vector minus(Vector a, Vector b) { return _mm256_sub_ps(a, b); }
INLINE Vector times(Vector a, Vector b) { return _mm256_mul_ps(a, b); }
INLINE Vector over(Vector a, Vector b) { return _mm256_div_ps(a, b); }
/// `a * b + c`.
INLINE Vector product_plus(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
/// `c - a * b`.
INLINE Vector minus_product(Vector a, Vector b, Vector c) { return _mm256_fnmadd_ps(a, b, c); }
// Both give the second number where one is NaN.
INLINE Vector larger(Vector a, Vector b) { return _mm256_max_ps(a, b); }
INLINE Vector smaller(Vector a, Vector b) { return _mm256_min_ps(a, b); }
/// `a > b ? yes : no` in each lane; `no` where one is NaN.
INLINE Vector where_above(Vector a, Vector b, Vector yes, Vector no) {
  return _mm256_blendv_ps(no, yes, _mm256_cmp_ps(a, b, _CMP_GT_OQ));
}
INLINE Vector absolute(Vector x) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x); }
INLINE Vector with_sign_of(Vector x, Vector sign) {
  return _mm256_or_ps(absolute(x), _mm256_and_ps(_mm256_set1_ps(-0.0f), sign));
}
/// `2^n`, where the bits of `n` end those of the number.
INLINE Vector power_of_two(Vector shifted) {
  return _mm256_castsi256_ps(_mm256_add_epi32(
    _mm256_slli_epi32(_mm256_castps_si256(shifted), 23), _mm256_set1_epi32(0x3f800000)));
}
INLINE float largest_lane(Vector x) {
  __m128 most = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
  most = _mm_max_ps(most, _mm_movehl_ps(most, most));
  return _mm_cvtss_f32(_mm_max_ss(most, _mm_movehdup_ps(most)));
}

/// A square of numbers, its rows made its columns.
INLINE void turn(Vector (&a)[width]) {
  Vector b[width];
  // Pairs, then fours of rows within each half of a register, then the halves.
  for (int r = 0; r < 8; r += 2) {
    b[r] = _mm256_unpacklo_ps(a[r], a[r + 1]);
    b[r + 1] = _mm256_unpackhi_ps(a[r], a[r + 1]);
  }
  for (int r = 0; r < 8; r += 4) {
    for (int half = 0; half < 2; ++half) {
      const __m256d low = _mm256_castps_pd(b[r + half]), high = _mm256_castps_pd(b[r + 2 + half]);
      a[r + 2 * half] = _mm256_castpd_ps(_mm256_unpacklo_pd(low, high));
      a[r + 2 * half + 1] = _mm256_castpd_ps(_mm256_unpackhi_pd(low, high));
    }
  }
  for (int r = 0; r < 4; ++r) {
    const Vector low = a[r], high = a[r + 4];
    a[r] = _mm256_permute2f128_ps(low, high, 0x20);
    a[r + 4] = _mm256_permute2f128_ps(low, high, 0x31);
  }
}
