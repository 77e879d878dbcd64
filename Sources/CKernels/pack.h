// Strips and tiles are written. Included inside a namespace, after its vectors.

constexpr int64_t strip_columns = kernels_strip_columns;
constexpr int64_t tile_rows = kernels_tile_rows;

/// Into how many parts of at most `most` rows are cut.
int64_t parts_of(int64_t rows, int64_t most) { return (rows + most - 1) / most; }

/// Tiles are multiples of what the registers hold, or a little smaller.
int64_t tiles_of(int64_t rows) { return parts_of(rows, tile_rows / most_rows(2) * most_rows(2)); }

/// Where tile `index` of `tiles` begins: rows are spread evenly, so that no tile is much smaller
/// than the others.
int64_t first_row(int64_t index, int64_t tiles, int64_t rows) { return rows * index / tiles; }

/// How the numbers of a left-hand side become the lanes that are multiplied: as they are.
struct Singles {
  /// How many numbers a lane holds.
  static constexpr int64_t per_lane = 1;
  static int64_t lanes(int64_t numbers) { return numbers; }
  INLINE Vector read(const float *from) { return load(from); }
  /// The first few of them.
  INLINE Vector read(const float *from, int64_t count) { return load(from, first_lanes(count)); }
};

/// `to[c * to_stride + r] = lane c of from[n * from_stride...]` for `rows <= width` and at most so many lanes,
/// where `n` is `r` or, if there are numbers, `numbers[r]`. Whole vectors are written, with zeros beyond `rows`,
/// as long as they end before `end`.
/// - Parameter columns: the numbers that each row of `from` has.
template <class Side>
INLINE void transpose(
  const float *from, int64_t from_stride, const int32_t *numbers, int64_t rows, int64_t columns,
  float *to, int64_t to_stride, const float *end) {
  Vector a[width];
  if (
    numbers == nullptr && rows >= width && columns >= Side::per_lane * width
    && to + (width - 1) * to_stride + width <= end) {
#pragma clang loop unroll(full)
    for (int r = 0; r < width; ++r) a[r] = Side::read(from + r * from_stride);
    turn(a);
#pragma clang loop unroll(full)
    for (int c = 0; c < width; ++c) store(to + c * to_stride, a[c]);
    return;
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < width; ++r) {
    const int64_t number = r >= rows || numbers == nullptr ? r : numbers[r];
    a[r] = r < rows ? Side::read(from + number * from_stride, columns) : zero();
  }
  turn(a);
  const int64_t lanes = Side::lanes(columns);
#pragma clang loop unroll(full)
  for (int c = 0; c < width; ++c) {
    if (c >= lanes) break;
    float *start = to + c * to_stride;
    if (start + width <= end) {
      store(start, a[c]);
    } else {
      store(start, a[c], first_lanes(end - start));
    }
  }
}

/// The same for a whole block of 32 x 32 numbers that lie together, while the block at `next` is on
/// its way.
INLINE void transpose_block(const float *from, const float *next, float *to) {
  for (int64_t row = 0; row < strip_columns; row += width) {
    for (int64_t column = 0; column < strip_columns; column += width) {
      Vector a[width];
#pragma clang loop unroll(full)
      for (int r = 0; r < width; ++r) {
        a[r] = load(from + (column + r) * strip_columns + row);
      }
      turn(a);
#pragma clang loop unroll(full)
      for (int r = 0; r < width; ++r) store(to + (row + r) * strip_columns + column, a[r]);
      const float *ask =
        next + (row / width * (strip_columns / width) + column / width) * width * width;
#pragma clang loop unroll(full)
      for (int r = 0; r < width * width; r += 16) {
        __builtin_prefetch(ask + r);
      }
    }
  }
}

void pack_strip(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride,
  float *strip) {
  if (row_stride == 1) {
    for (int64_t row = 0; row < rows; row += width) {
      for (int64_t column = 0; column < strip_columns; column += width) {
        transpose<Singles>(
          matrix + row + column * column_stride, column_stride, nullptr,
          std::clamp<int64_t>(columns - column, 0, width), std::min<int64_t>(rows - row, width),
          strip + row * strip_columns + column, strip_columns, strip + rows * strip_columns);
      }
    }
    return;
  }
  if (column_stride == 1 && columns == strip_columns) {
    for (int64_t row = 0; row < rows; ++row) {
#pragma clang loop unroll(full)
      for (int64_t column = 0; column < strip_columns; column += width) {
        store(strip + row * strip_columns + column, load(matrix + row * row_stride + column));
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

/// - Parameter depth: the numbers of each row.
template <class Side>
void pack_rows_of(
  const float *left, int64_t left_stride, const int32_t *numbers, int64_t rows, int64_t depth,
  float *tile) {
  const int64_t lanes = Side::lanes(depth);
  const float *end = tile + lanes * rows;
  for (int64_t k = 0; k < lanes; k += width) {
    const int64_t first_number = Side::per_lane * k;
    const int64_t columns = std::min<int64_t>(depth - first_number, Side::per_lane * width);
    // What a vector writes beyond its rows is written over: by the rows that follow where there
    // are more than a vector's, of which the last ones are taken twice, else by the next depth.
    for (int64_t row = 0; row < rows; row += width) {
      const int64_t first = std::max<int64_t>(0, std::min<int64_t>(row, rows - width));
      transpose<Side>(
        left + first_number + (numbers == nullptr ? first * left_stride : 0), left_stride,
        numbers == nullptr ? nullptr : numbers + first, std::min<int64_t>(rows, width), columns,
        tile + k * rows + first, rows, end);
    }
  }
}

void pack_rows(
  const float *left, int64_t left_stride, const int32_t *numbers, int64_t rows, int64_t depth,
  float *tile) {
  pack_rows_of<Singles>(left, left_stride, numbers, rows, depth, tile);
}

/// The lanes `k..<k + part` of some rows with so many numbers, as tiles, one after the other.
template <class Side>
void pack_tiles(
  const float *left, int64_t left_stride, int64_t rows, int64_t numbers, int64_t k, int64_t part,
  float *tiles) {
  const int64_t start = Side::per_lane * k;
  const int64_t depth = std::min(Side::per_lane * part, numbers - start);
  const int64_t count = tiles_of(rows);
  for (int64_t tile = 0; tile < count; ++tile) {
    const int64_t first = first_row(tile, count, rows);
    pack_rows_of<Side>(
      left + start + first * left_stride, left_stride, nullptr,
      first_row(tile + 1, count, rows) - first, depth, tiles + first * part);
  }
}
