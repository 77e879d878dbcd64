// Products of two matrices that change at every call, as in attention: both are packed part by part
// where they are used. Included inside a namespace, after the other products.

/// The left-hand matrix, or its transpose, and where a part of it begins.
struct Left {
  const float *numbers;
  int64_t stride;
  bool is_turned;

  /// Writes `rows` of its rows as one tile.
  void pack(int64_t row, int64_t rows, int64_t k, int64_t depth, float *tile) const {
    if (!is_turned) {
      return pack_rows(numbers + row * stride + k, stride, nullptr, rows, depth, tile);
    }
    const float *from = numbers + k * stride + row;
    for (int64_t end = k + depth; k < end; ++k, from += stride, tile += rows) {
      // The last numbers are taken twice where there are more than a vector's.
      for (int64_t at = 0; at < rows; at += width) {
        const int64_t first = std::max<int64_t>(0, std::min<int64_t>(at, rows - width));
        const Lanes lanes = first_lanes(rows - first);
        store(tile + first, load(from + first, lanes), lanes);
      }
    }
  }
};

void scale(float *numbers, int64_t count, float factor) {
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(numbers + i, times(load(numbers + i, lanes), same(factor)), lanes);
  }
}

int gemm(
  int transposes_left, int transposes_right, int64_t rows, int64_t columns, int64_t depth,
  float factor, const float *left_numbers, int64_t left_stride, const float *right,
  int64_t right_stride, float keep, float *out, int64_t out_stride) {
  // All tiles but the last are what the registers hold, or twice that.
  constexpr int64_t most = tile_rows / most_rows(2) * most_rows(2);
  const Left left{left_numbers, left_stride, transposes_left != 0};
  const int64_t part_depth = std::min(depth, block_depth);
  // The less deep, the more rows are packed at a time.
  const int64_t part_rows = block_rows * block_depth / std::max<int64_t>(part_depth, 1) / most * most;
  float *packed = block_room();
  float *strip = room<strip_columns * block_depth>();
  if (packed == nullptr || strip == nullptr) return 1;
  if (keep != 0 && keep != 1) {
    for (int64_t row = 0; row < rows; ++row) scale(out + row * out_stride, columns, keep);
  }
  for (int64_t block = 0; block < rows; block += part_rows) {
    const int64_t count = std::min(part_rows, rows - block);
    for (int64_t k = 0; k == 0 || k < depth; k += part_depth) {
      const int64_t part = std::min(part_depth, depth - k);
      for (int64_t row = 0; row < count; row += most) {
        left.pack(block + row, std::min(most, count - row), k, part, packed + row * part);
      }
      if (factor != 1) scale(packed, count * part, factor);
      for (int64_t column = 0; column < columns; column += strip_columns) {
        const int64_t strip_width = std::min(strip_columns, columns - column);
        if (transposes_right) {
          pack_strip(right + column * right_stride + k, part, strip_width, 1, right_stride, strip);
        } else {
          pack_strip(right + k * right_stride + column, part, strip_width, right_stride, 1, strip);
        }
        for (int64_t row = 0; row < count; row += most) {
          multiply_tile(
            packed + row * part, std::min(most, count - row), part, strip, strip_width, nullptr,
            out + (block + row) * out_stride + column, out_stride, keep != 0 || k > 0);
        }
      }
      if (part == 0) break;
    }
  }
  return 0;
}
