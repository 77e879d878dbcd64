// Products of numbers that are rounded to bfloat16 on both sides, two of them in each lane, with sums in single
// precision. Included inside a namespace, after the other products and the words for pairs.
//
// To all else lanes are numbers of four bytes: a left-hand side is a tile of half the depth, and the right-hand
// side a strip of it, `[depth / 2, 32, 2]`, with a zero at the end of an odd depth.

/// The numbers of a left-hand side two by two.
struct RoundedPairs {
  static constexpr int64_t per_lane = 2;
  static int64_t lanes(int64_t numbers) { return (numbers + 1) / 2; }
  INLINE Vector read(const float *from) { return rounded_pairs(load(from), load(from + width)); }
  INLINE Vector read(const float *from, int64_t count) {
    if (count >= 2 * width) return read(from);
    return rounded_pairs(
      load(from, first_lanes(count)),
      // Not beyond what is there, even for no lane.
      count > width ? load(from + width, first_lanes(count - width)) : zero());
  }
};

struct Pairs {
  using Left = RoundedPairs;
  /// Those of a block of 32 rows.
  static constexpr int64_t block_rows = strip_columns / 2;
  using Number = float;
  INLINE Vector read(const float *from) { return load(from); }
  INLINE Vector multiply_add(Vector a, Vector b, Vector c) { return pair_products_plus(a, b, c); }
};

/// The transpose of a matrix in strips of pairs. Its pairs are those of columns beside one another.
struct TransposedPairs {
  using Format = Pairs;
  static constexpr int64_t block_pairs = Pairs::block_rows;

  const float *strips;
  /// Of each strip, in pairs.
  int64_t rows;

  /// The block of 32 rows from `row` on of the strip with a pair of columns.
  const float *block(int64_t row, int64_t pair) const {
    return strips + 2 * pair * rows + row / 2 * strip_columns;
  }

  /// The block that is to be in the cache soon.
  const float *next(int64_t row, int64_t pair) const { return block(row, pair); }

  /// The rows `row..<row + columns` as columns of a strip, for a part of the pairs of columns.
  void copy(int64_t row, int64_t columns, int64_t depth, int64_t part, float *strip) const {
    const int64_t pairs = std::min(block_pairs, RoundedPairs::lanes(columns));
    for (int64_t k = 0; k < part; k += block_pairs) {
      const float *from = block(row, depth + k);
      // The last columns of the last strip may be beyond the part, for which there is room.
      float *to = strip + k * strip_columns;
      if (pairs == block_pairs) {
        transpose_pairs(from, block(row, depth + k + block_pairs), to);
      } else {
        alignas(64) float rest[block_pairs * strip_columns] = {};
        std::memcpy(rest, from, pairs * strip_columns * sizeof(float));
        transpose_pairs(rest, rest, to);
      }
    }
  }
};

int multiply_pairs(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  return multiply_strips(
    left, left_stride, rows, depth,
    PlainStrips<Pairs>{reinterpret_cast<const float *>(strips), RoundedPairs::lanes(depth)},
    columns, bias, out, out_stride, accumulates);
}

int multiply_transposed_pairs(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  return multiply_transposed_source(
    left, left_stride, rows, depth,
    TransposedPairs{reinterpret_cast<const float *>(strips), RoundedPairs::lanes(strip_rows)},
    first, columns, bias, out, out_stride, accumulates);
}
