// Products of two matrices that change at every call, as in attention: the right-hand one is packed part
// by part where it is used, the left-hand one read as it lies where that is faster. Included inside a
// namespace, after the other products.

void scale(float *numbers, int64_t count, float factor) {
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(numbers + i, times(load(numbers + i, lanes), same(factor)), lanes);
  }
}

/// The left-hand matrix, or its transpose.
struct Left {
  const float *numbers;
  int64_t stride;
  bool is_transposed;

  /// Whether packing pays: for rows that are read again and again, and for rows whole pages apart, of which
  /// those of a tile would meet in the same few places of a cache.
  bool is_packed(int64_t columns) const {
    const bool are_apart = stride * static_cast<int64_t>(sizeof(float)) % 4096 == 0;
    return !is_transposed && (columns > 192 || are_apart);
  }

  LeftSide from(int64_t row, int64_t k) const {
    return is_transposed ? LeftSide{numbers + k * stride + row, 1, stride}
                     : LeftSide{numbers + row * stride + k, stride, 1};
  }
};

constexpr int64_t most = tile_rows / most_rows(2) * most_rows(2);

/// Where tile `index` begins if all are what the registers hold, or twice that, but the last, which
/// takes from the one before where it would have too few sums to hide an addition's delay.
int64_t filled_row(int64_t index, int64_t tiles, int64_t rows) {
  if (index == tiles) return rows;
  const int64_t rest = rows - (tiles - 1) * most;
  return index * most - (index > 0 && index + 1 == tiles && rest < 4 ? (most - rest) / 2 : 0);
}

int gemm(
  int transposes_left, int transposes_right, int64_t rows, int64_t columns, int64_t depth,
  float factor, const float *left_numbers, int64_t left_stride, const float *right,
  int64_t right_stride, float keep, float *out, int64_t out_stride) {
  const Left left{left_numbers, left_stride, transposes_left != 0};
  const bool is_packed = left.is_packed(columns);
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
    const int64_t tiles = parts_of(count, most);
    for (int64_t k = 0; k == 0 || k < depth; k += part_depth) {
      const int64_t part = std::min(part_depth, depth - k);
      if (is_packed) {
        for (int64_t tile = 0; tile < tiles; ++tile) {
          const int64_t row = filled_row(tile, tiles, count);
          pack_rows(
            left.from(block + row, k).numbers, left_stride, nullptr,
            filled_row(tile + 1, tiles, count) - row, part, packed + row * part);
        }
      }
      for (int64_t column = 0; column < columns; column += strip_columns) {
        const int64_t strip_width = std::min(strip_columns, columns - column);
        if (transposes_right) {
          pack_strip(right + column * right_stride + k, part, strip_width, 1, right_stride, strip);
        } else {
          pack_strip(right + k * right_stride + column, part, strip_width, right_stride, 1, strip);
        }
        const End end{nullptr, keep != 0 || k > 0, factor};
        for (int64_t tile = 0; tile < tiles; ++tile) {
          const int64_t row = filled_row(tile, tiles, count);
          const int64_t height = filled_row(tile + 1, tiles, count) - row;
          const LeftSide from = is_packed ? LeftSide::tile(packed + row * part, height)
                                          : left.from(block + row, k);
          const auto multiply = is_packed ? multiply_rows<Floats, Layout::tile>
            : left.is_transposed              ? multiply_rows<Floats, Layout::columns>
                                          : multiply_rows<Floats, Layout::rows>;
          multiply(
            from, height, part, strip, strip_width, end,
            out + (block + row) * out_stride + column, out_stride, Soon<Floats>{nullptr});
        }
      }
      if (part == 0) break;
    }
  }
  return 0;
}
