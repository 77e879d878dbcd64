// Products with the transpose of a matrix that is stored as strips. Included inside a namespace, after
// the products.

/// As much depth as is transposed at a time: a strip that stays in a core's own cache.
constexpr int64_t transposed_depth = 576;

/// Strips of which the columns are added up.
struct TransposedStrips {
  using Format = Floats;

  const float *strips;
  /// Of each strip.
  int64_t rows;

  /// The block of 32 rows from `row` on of the strip whose first column is `column`.
  const float *block(int64_t row, int64_t column) const {
    return strips + column * rows + row * strip_columns;
  }

  /// The block that is to be in the cache soon.
  const float *next(int64_t row, int64_t column) const { return block(row, column); }

  /// The rows `row..<row + columns` as columns of a strip, for a part of the depth.
  void copy(int64_t row, int64_t columns, int64_t depth, int64_t part, float *strip) const {
    for (int64_t k = 0; k < part; k += strip_columns) {
      float *to = strip + k * strip_columns;
      if (columns == strip_columns && part - k >= strip_columns) {
        transpose_block(block(row, depth + k), block(row, depth + k + strip_columns), to);
      } else {
        pack_strip(
          block(row, depth + k), std::min(strip_columns, part - k), columns, 1, strip_columns, to);
      }
    }
  }
};

/// Tiles of some rows, `[depth, rows]` each, of which a part is read.
struct Tiles {
  const float *numbers;
  int64_t rows, depth, start;
};

/// Some tiles times a part of at most 32 rows of a transposed matrix, which are transposed first.
/// - Parameter next: the block that is wanted after this.
template <class Source>
int multiply_transposed(
  Tiles tiles, const Source &source, int64_t row, int64_t columns, int64_t depth, int64_t part,
  const float *next, const float *bias, float *out, int64_t out_stride, bool accumulates) {
  float *strip = room<strip_columns * transposed_depth>();
  if (strip == nullptr) return 1;
  source.copy(row, columns, depth, part, strip);
  const int64_t count = tiles_of(tiles.rows);
  for (int64_t tile = 0; tile < count; ++tile) {
    const int64_t first = first_row(tile, count, tiles.rows);
    const int64_t rows = first_row(tile + 1, count, tiles.rows) - first;
    multiply_rows<typename Source::Format, Layout::tile>(
      LeftSide::tile(tiles.numbers + first * tiles.depth + tiles.start * rows, rows), rows,
      part, strip, columns, End{bias, accumulates}, out + first * out_stride, out_stride,
      Soon<typename Source::Format>{next, source.rows * strip_columns, count, tile});
  }
  return 0;
}

template <class Source>
int multiply_transposed_tiles_source(
  const float *tiles, int64_t rows, int64_t depth, Source source, int64_t first, int64_t columns,
  float *out, int64_t out_stride, int accumulates) {
  for (int64_t column = 0; column < columns; column += strip_columns) {
    const int64_t row = first + column;
    for (int64_t k = 0; k < depth; k += transposed_depth) {
      const int64_t end = k + transposed_depth;
      const int failed = multiply_transposed(
        Tiles{tiles, rows, depth, k}, source, row, std::min(strip_columns, columns - column), k,
        std::min(transposed_depth, depth - k),
        end < depth ? source.next(row, end) : source.next(row + strip_columns, 0), nullptr,
        out + column, out_stride, accumulates || k > 0);
      if (failed) return failed;
    }
  }
  return 0;
}

int multiply_transposed_tiles(
  const float *tiles, int64_t rows, int64_t depth, const float *strips, int64_t strip_rows,
  int64_t first, int64_t columns, float *out, int64_t out_stride, int accumulates) {
  return multiply_transposed_tiles_source(
    tiles, rows, depth, TransposedStrips{strips, strip_rows}, first, columns, out, out_stride, accumulates);
}

/// - Parameter numbers: of each row of the left-hand side.
template <class Source>
int multiply_transposed_source(
  const float *left, int64_t left_stride, int64_t rows, int64_t numbers, const Source &source,
  int64_t first, int64_t columns, const float *bias, float *out, int64_t out_stride,
  int accumulates) {
  using Side = typename Source::Format::Left;
  const int64_t depth = Side::lanes(numbers);
  constexpr int64_t most = block_rows * block_depth / transposed_depth;
  float *packed = block_room();
  if (packed == nullptr) return 1;
  for (int64_t block = 0; block < rows; block += most) {
    const int64_t count = std::min(most, rows - block);
    for (int64_t k = 0; k == 0 || k < depth; k += transposed_depth) {
      const int64_t part = std::min(transposed_depth, depth - k);
      pack_tiles<Side>(left + block * left_stride, left_stride, count, numbers, k, part, packed);
      for (int64_t column = 0; column < columns; column += strip_columns) {
        const int64_t row = first + column;
        const int failed = multiply_transposed(
          Tiles{packed, count, part, 0}, source, row, std::min(strip_columns, columns - column), k,
          part, source.next(row + strip_columns, k), bias == nullptr ? nullptr : bias + column,
          out + block * out_stride + column, out_stride, accumulates || k > 0);
        if (failed) return failed;
      }
    }
  }
  return 0;
}

int multiply_transposed_rows(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  return multiply_transposed_source(
    left, left_stride, rows, depth, TransposedStrips{strips, strip_rows}, first, columns, bias, out,
    out_stride, accumulates);
}
