// The words of the loops, in vectors of four numbers as every compiler for every processor has them.
// Included inside a namespace.

#define INLINE __attribute__((always_inline)) static inline

using Vector = float __attribute__((vector_size(16)));
using Bits = uint32_t __attribute__((vector_size(16)));
using Halves = uint16_t __attribute__((vector_size(8)));
constexpr int width = 4;

#if defined(__aarch64__)
/// Six rows times 16 columns are 24 of the 32 registers.
constexpr int most_rows(int) { return 6; }
constexpr int vectors_for(int64_t) { return 4; }
#else
/// Six rows times eight columns, or three times 16, are 12 of the 16 registers.
constexpr int most_rows(int vectors) { return vectors <= 2 ? 6 : 3; }
constexpr int vectors_for(int64_t rows) { return rows <= 3 ? 4 : 2; }
#endif
constexpr int most_vectors = 4;
/// As many rows as are packed at a time: half of a core's cache of 512 KB.
constexpr int64_t block_rows = 56;

/// The first few lanes of a vector.
struct Lanes {
  int64_t count;
};

INLINE Lanes first_lanes(int64_t count) { return {std::clamp<int64_t>(count, 0, width)}; }

INLINE Vector zero() { return Vector{}; }
INLINE Vector same(float x) { return Vector{x, x, x, x}; }
INLINE Vector load(const float *from) {
  Vector x;
  std::memcpy(&x, from, sizeof x);
  return x;
}
INLINE Vector load(const float *from, Lanes lanes) {
  if (lanes.count == width) return load(from);
  Vector x{};
  for (int64_t lane = 0; lane < lanes.count; ++lane) x[lane] = from[lane];
  return x;
}
INLINE void store(float *to, Vector x) { std::memcpy(to, &x, sizeof x); }
INLINE void store(float *to, Vector x, Lanes lanes) {
  if (lanes.count == width) return store(to, x);
  for (int64_t lane = 0; lane < lanes.count; ++lane) to[lane] = x[lane];
}

INLINE Vector plus(Vector a, Vector b) { return a + b; }
INLINE Vector minus(Vector a, Vector b) { return a - b; }
INLINE Vector times(Vector a, Vector b) { return a * b; }
INLINE Vector over(Vector a, Vector b) { return a / b; }
/// `a * b + c`, rounded once where the processor can, as on AArch64, else twice.
INLINE Vector product_plus(Vector a, Vector b, Vector c) { return a * b + c; }
/// `c - a * b`.
INLINE Vector minus_product(Vector a, Vector b, Vector c) { return c - a * b; }
// Both give the second number where one is NaN.
INLINE Vector larger(Vector a, Vector b) { return a > b ? a : b; }
INLINE Vector smaller(Vector a, Vector b) { return a < b ? a : b; }
/// `a > b ? yes : no` in each lane; `no` where one is NaN.
INLINE Vector where_above(Vector a, Vector b, Vector yes, Vector no) {
  return a > b ? yes : no;
}

INLINE Bits bits_of(Vector x) {
  Bits bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
INLINE Vector with_bits(Bits bits) {
  Vector x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}
INLINE Vector absolute(Vector x) { return with_bits(bits_of(x) & 0x7fffffffu); }
INLINE Vector with_sign_of(Vector x, Vector sign) {
  return with_bits((bits_of(x) & 0x7fffffffu) | (bits_of(sign) & 0x80000000u));
}
/// `2^n`, where the bits of `n` end those of the number.
INLINE Vector power_of_two(Vector shifted) {
  return with_bits((bits_of(shifted) << 23) + 0x3f800000u);
}
INLINE float largest_lane(Vector x) {
  return std::max(std::max(x[0], x[1]), std::max(x[2], x[3]));
}

INLINE Bits load_halves(const uint16_t *from) {
  Halves halves;
  std::memcpy(&halves, from, sizeof halves);
  return __builtin_convertvector(halves, Bits);
}
INLINE Vector load_bfloat16(const uint16_t *from) { return with_bits(load_halves(from) << 16); }
INLINE Vector load_float16(const uint16_t *from) {
  const Bits half = load_halves(from);
  // The exponent's bias grows from 15 to 127, which makes subnormal numbers normal ones, too.
  const Vector finite = times(with_bits((half & 0x7fffu) << 13), same(0x1p112f));
  const Bits special = static_cast<Bits>((half & 0x7c00u) == 0x7c00u) & 0x7f800000u;
  return with_bits(bits_of(finite) | special | (half & 0x8000u) << 16);
}

/// A square of numbers, its rows made its columns.
INLINE void turn(Vector (&a)[width]) {
  const Vector ab_low = __builtin_shufflevector(a[0], a[1], 0, 4, 1, 5);
  const Vector ab_high = __builtin_shufflevector(a[0], a[1], 2, 6, 3, 7);
  const Vector cd_low = __builtin_shufflevector(a[2], a[3], 0, 4, 1, 5);
  const Vector cd_high = __builtin_shufflevector(a[2], a[3], 2, 6, 3, 7);
  a[0] = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  a[1] = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  a[2] = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  a[3] = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

/// A number's bits, with those of the bfloat16 that is nearest to it first.
INLINE Bits rounded_bits(Vector x) {
  const Bits bits = bits_of(x);
  const Bits is_number = static_cast<Bits>(x == x);
  // Rounding could carry the fraction of a NaN into the sign.
  return ((bits + 0x7fffu + (bits >> 16 & 1u)) & is_number) | ((bits | 0x400000u) & ~is_number);
}
/// Two vectors rounded to bfloat16, in pairs of numbers beside one another.
INLINE Vector rounded_pairs(Vector first, Vector second) {
  const Bits a = rounded_bits(first), b = rounded_bits(second);
  const Bits even = __builtin_shufflevector(a, b, 0, 2, 4, 6);
  const Bits odd = __builtin_shufflevector(a, b, 1, 3, 5, 7);
  return with_bits(even >> 16 | (odd & 0xffff0000u));
}
/// The products of both numbers of each pair are added to `c`.
INLINE Vector pair_products_plus(Vector a, Vector b, Vector c) {
  const Bits pairs = bits_of(a), others = bits_of(b);
  const Vector odd =
    product_plus(with_bits(pairs & 0xffff0000u), with_bits(others & 0xffff0000u), c);
  return product_plus(with_bits(pairs << 16), with_bits(others << 16), odd);
}
/// `[16, 32, 2]`, the pairs of two rows beside one another, as `[16, 32, 2]` of the transpose.
INLINE void transpose_pairs(const float *from, const float *, float *to) {
  constexpr int size = kernels_strip_columns;
  uint16_t in[size * size], out[size * size];
  std::memcpy(in, from, sizeof in);
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) {
      out[column / 2 * 2 * size + 2 * row + column % 2] = in[row / 2 * 2 * size + 2 * column + row % 2];
    }
  }
  std::memcpy(to, out, sizeof out);
}
