// Products of tiles and strips. Included inside a namespace, after its vectors.

constexpr int64_t strip_columns = kernels_strip_columns;
constexpr int64_t tile_rows = kernels_tile_rows;
/// As much depth as is packed at a time.
constexpr int64_t block_depth = 1152;
/// As much depth of a transposed matrix as is turned round at a time.
constexpr int64_t turned_depth = 576;

/// Into how many parts of at most `most` rows are cut.
int64_t parts_of(int64_t rows, int64_t most) { return (rows + most - 1) / most; }

/// Tiles are multiples of what the registers hold, or a little smaller.
int64_t tiles_of(int64_t rows) { return parts_of(rows, tile_rows / most_rows(2) * most_rows(2)); }

/// `to[c * to_stride + r] = from[n * from_stride + c]` for `rows, columns <= width`, where `n` is
/// `r` or, if there are numbers, `numbers[r]`. Whole vectors are written, with zeros beyond `rows`,
/// as long as they end before `end`.
INLINE void transpose(
  const float *from, int64_t from_stride, const int32_t *numbers, int64_t rows, int64_t columns,
  float *to, int64_t to_stride, const float *end) {
  const Lanes in = first_lanes(columns);
  Vector a[width];
  for (int r = 0; r < width; ++r) {
    const int64_t number = r >= rows || numbers == nullptr ? r : numbers[r];
    a[r] = r < rows ? load(from + number * from_stride, in) : zero();
  }
  turn(a);
  for (int c = 0; c < width; ++c) {
    if (c >= columns) break;
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
      const float *ask = next + (row / width * (strip_columns / width) + column / width) * width * width;
#pragma clang loop unroll(full)
      for (int r = 0; r < width * width; r += 16) {
        _mm_prefetch(reinterpret_cast<const char *>(ask + r), _MM_HINT_T0);
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
        transpose(
          matrix + row + column * column_stride, column_stride, nullptr,
          std::clamp<int64_t>(columns - column, 0, width), std::min<int64_t>(rows - row, width),
          strip + row * strip_columns + column, strip_columns, strip + rows * strip_columns);
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

void pack_rows(
  const float *left, int64_t left_stride, const int32_t *numbers, int64_t rows, int64_t depth,
  float *tile) {
  const float *end = tile + depth * rows;
  for (int64_t k = 0; k < depth; k += width) {
    const int64_t columns = std::min<int64_t>(depth - k, width);
    // What a vector writes beyond its rows is written over: by the rows that follow where there
    // are more than a vector's, of which the last ones are taken twice, else by the next depth.
    for (int64_t row = 0; row < rows; row += width) {
      const int64_t first = std::max<int64_t>(0, std::min<int64_t>(row, rows - width));
      transpose(
        left + k + (numbers == nullptr ? first * left_stride : 0), left_stride,
        numbers == nullptr ? nullptr : numbers + first, std::min<int64_t>(rows, width), columns,
        tile + k * rows + first, rows, end);
    }
  }
}

/// Rows of a strip that are wanted soon, so that they are in the cache by then.
struct Soon {
  const float *rows;
  /// From one block of 32 rows to the next.
  int64_t block_stride = 32 * strip_columns;
  /// Of each so many blocks one is asked for, because others who run before ask for the others.
  int64_t of = 1, turn = 0;
};

struct Task {
  const float *tile;
  /// Numbers of a tile's row.
  int64_t tile_stride;
  const float *strip, *bias;
  int64_t depth, columns;
  /// What is asked for meanwhile: a strip's row at each depth, in blocks of 32 rows.
  Soon soon;
  float *out;
  int64_t out_stride;
  bool accumulates;
};

/// `Rows` times `width * Vectors` sums stay in registers over the whole depth.
template <int Rows, int Vectors>
void multiply(const Task &task) {
  constexpr int per_line = 64 / sizeof(Vector);
  Vector sums[Rows][Vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; ++v) sums[r][v] = zero();
  }
  // The sums to the right, which are likely next, are on their way meanwhile.
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; v += per_line) {
      const float *next = task.out + r * task.out_stride + (Vectors + v) * width;
      _mm_prefetch(reinterpret_cast<const char *>(next), _MM_HINT_T0);
    }
  }
  const float *left = task.tile, *right = task.strip;
  const int64_t stride = most_rows(Vectors) < tile_rows ? task.tile_stride : Rows;
  const Soon &soon = task.soon;
  for (int64_t block = 0; 32 * block < task.depth; ++block) {
    const float *ask =
      block % soon.of == soon.turn ? soon.rows + block * soon.block_stride : right;
    const int64_t depth = std::min<int64_t>(32, task.depth - 32 * block);
    for (int64_t k = 0; k < depth; ++k) {
      Vector row[Vectors];
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) {
        row[v] = load(right + width * v);
        if (v % per_line == 0) {
          _mm_prefetch(reinterpret_cast<const char *>(ask + width * v), _MM_HINT_T0);
        }
      }
#pragma clang loop unroll(full)
      for (int r = 0; r < Rows; ++r) {
        const Vector factor = same(left[r]);
#pragma clang loop unroll(full)
        for (int v = 0; v < Vectors; ++v) sums[r][v] = product_plus(factor, row[v], sums[r][v]);
      }
      left += stride;
      right += strip_columns;
      ask += strip_columns;
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; ++v) {
      const Lanes lanes = first_lanes(task.columns - width * v);
      float *to = task.out + r * task.out_stride + width * v;
      const float *start =
        task.accumulates ? to : task.bias == nullptr ? nullptr : task.bias + width * v;
      // Last, so that a thousand small products are not rounded to the size of a large start.
      if (start != nullptr) sums[r][v] = plus(sums[r][v], load(start, lanes));
      store(to, sums[r][v], lanes);
    }
  }
}

template <int Vectors, size_t... Rows>
void multiply(const Task &task, int64_t rows, std::index_sequence<Rows...>) {
  static constexpr void (*functions[])(const Task &) = {&multiply<Rows + 1, Vectors>...};
  functions[rows - 1](task);
}

template <int Vectors>
void multiply(const Task &task, int64_t rows) {
  multiply<Vectors>(task, rows, std::make_index_sequence<most_rows(Vectors)>());
}

/// A tile times a strip.
/// - Parameter soon: the strip that is wanted next, asked for once the columns at hand were read.
void multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates, Soon soon) {
  // Parts of about equal size where the registers hold less than the tile.
  const int64_t parts = parts_of(rows, most_rows(2));
  const int64_t vectors = columns <= width ? 1 : vectors_for(rows);
  for (int64_t column = 0; column < columns; column += vectors * width) {
    for (int64_t part = 0; part < parts; ++part) {
      const int64_t row = rows * part / parts, count = rows * (part + 1) / parts - row;
      Soon asked{strip + column + 8 * strip_columns};
      if (soon.rows != nullptr) {
        if (part + 1 == parts) {
          asked = soon;
          asked.rows += column;
        }
      } else if (parts == 1) {
        // Far enough to hide memory's delay; with few rows the memory itself is the limit, and
        // asking for the next lines only works best.
        asked.rows = strip + column + (rows < 4 ? 2 : 32) * strip_columns;
      } else if (part + 1 == parts) {
        // The other parts brought these columns: now for those that follow.
        const int64_t next = column + vectors * width;
        asked.rows = strip + (next < strip_columns ? next : depth * strip_columns);
      }
      const Task task{
        tile + row, rows, strip + column, bias == nullptr ? nullptr : bias + column, depth,
        columns - column, asked, out + row * out_stride + column, out_stride, accumulates != 0};
      switch (vectors) {
        case 1: multiply<1>(task, count); break;
        case 2: multiply<2>(task, count); break;
        default: multiply<most_vectors>(task, count);
      }
    }
  }
}

void multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates) {
  multiply_tile(
    tile, rows, depth, strip, columns, bias, out, out_stride, accumulates, Soon{nullptr});
}

/// A thread's room for the block of the left-hand matrix that it works on, or for the strip of a
/// transposed one.
template <int64_t Numbers>
struct Room {
  float *numbers = static_cast<float *>(
    std::aligned_alloc(4096, (Numbers * sizeof(float) + 8191) / 4096 * 4096));
  ~Room() { std::free(numbers); }
};

float *block_room() {
  thread_local Room<block_rows * block_depth> room;
  return room.numbers;
}

float *strip_room() {
  thread_local Room<strip_columns * turned_depth> room;
  return room.numbers;
}

/// Where tile `index` of `tiles` begins: rows are spread evenly, so that no tile is much smaller
/// than the others.
int64_t first_row(int64_t index, int64_t tiles, int64_t rows) { return rows * index / tiles; }

void multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  float *packed = block_room();
  for (int64_t block = 0; block < rows; block += block_rows) {
    const int64_t count = std::min(block_rows, rows - block);
    const int64_t tiles = tiles_of(count);
    for (int64_t k = 0; k == 0 || k < depth; k += block_depth) {
      const int64_t part = std::min(block_depth, depth - k);
      for (int64_t tile = 0; tile < tiles; ++tile) {
        const int64_t row = first_row(tile, tiles, count);
        pack_rows(
          left + (block + row) * left_stride + k, left_stride, nullptr,
          first_row(tile + 1, tiles, count) - row, part, packed + row * part);
      }
      for (int64_t column = 0; column < columns; column += strip_columns) {
        for (int64_t tile = 0; tile < tiles; ++tile) {
          const int64_t row = first_row(tile, tiles, count);
          multiply_tile(
            packed + row * part, first_row(tile + 1, tiles, count) - row, part,
            strips + column * depth + k * strip_columns,
            std::min(strip_columns, columns - column), bias == nullptr ? nullptr : bias + column,
            out + (block + row) * out_stride + column, out_stride, accumulates || k > 0);
        }
      }
    }
  }
}

/// Strips of which the columns are added up.
struct Turned {
  const float *strips;
  /// Of each strip.
  int64_t rows;

  /// The block of 32 rows from `row` on of the strip whose first column is `column`.
  const float *block(int64_t row, int64_t column) const {
    return strips + column * rows + row * strip_columns;
  }

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

/// Some tiles times a part of at most 32 rows of a transposed matrix.
/// - Parameters:
///   - next: the block that is wanted after this.
void multiply_turned(
  Tiles tiles, Turned turned, int64_t row, int64_t columns, int64_t depth, int64_t part,
  const float *next, const float *bias, float *out, int64_t out_stride, bool accumulates) {
  float *strip = strip_room();
  turned.copy(row, columns, depth, part, strip);
  const int64_t count = tiles_of(tiles.rows);
  for (int64_t tile = 0; tile < count; ++tile) {
    const int64_t first = first_row(tile, count, tiles.rows);
    const int64_t rows = first_row(tile + 1, count, tiles.rows) - first;
    multiply_tile(
      tiles.numbers + first * tiles.depth + tiles.start * rows, rows, part, strip, columns,
      bias, out + first * out_stride, out_stride, accumulates,
      Soon{next, turned.rows * strip_columns, count, tile});
  }
}

void multiply_turned_tiles(
  const float *tiles, int64_t rows, int64_t depth, const float *strips, int64_t strip_rows,
  int64_t first, int64_t columns, float *out, int64_t out_stride, int accumulates) {
  const Turned turned{strips, strip_rows};
  for (int64_t column = 0; column < columns; column += strip_columns) {
    const int64_t row = first + column;
    for (int64_t k = 0; k < depth; k += turned_depth) {
      const int64_t end = k + turned_depth;
      multiply_turned(
        Tiles{tiles, rows, depth, k}, turned, row, std::min(strip_columns, columns - column), k,
        std::min(turned_depth, depth - k),
        end < depth ? turned.block(row, end) : turned.block(row + strip_columns, 0), nullptr,
        out + column, out_stride, accumulates || k > 0);
    }
  }
}

void multiply_turned_rows(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  const Turned turned{strips, strip_rows};
  constexpr int64_t most = block_rows * block_depth / turned_depth;
  float *packed = block_room();
  for (int64_t block = 0; block < rows; block += most) {
    const int64_t count = std::min(most, rows - block);
    const int64_t tiles = tiles_of(count);
    for (int64_t k = 0; k == 0 || k < depth; k += turned_depth) {
      const int64_t part = std::min(turned_depth, depth - k);
      for (int64_t tile = 0; tile < tiles; ++tile) {
        const int64_t row = first_row(tile, tiles, count);
        pack_rows(
          left + (block + row) * left_stride + k, left_stride, nullptr,
          first_row(tile + 1, tiles, count) - row, part, packed + row * part);
      }
      for (int64_t column = 0; column < columns; column += strip_columns) {
        const int64_t row = first + column;
        multiply_turned(
          Tiles{packed, count, part, 0}, turned, row, std::min(strip_columns, columns - column), k,
          part, turned.block(row + strip_columns, k), bias == nullptr ? nullptr : bias + column,
          out + block * out_stride + column, out_stride, accumulates || k > 0);
      }
    }
  }
}
