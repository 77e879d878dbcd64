// Products of tiles and strips. Included inside a namespace, after its vectors.

constexpr int64_t strip_columns = kernels_strip_columns;
constexpr int64_t tile_rows = kernels_tile_rows;
/// As much depth as is packed at a time.
constexpr int64_t block_depth = 1152;

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

struct Task {
  const float *tile;
  /// Numbers of a tile's row.
  int64_t tile_stride;
  const float *strip, *bias;
  int64_t depth, columns;
  /// How far ahead in the strip numbers are asked for that are wanted soon.
  int64_t ahead;
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
  for (int64_t k = 0; k < task.depth; ++k, left += stride, right += strip_columns) {
    Vector row[Vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < Vectors; ++v) {
      row[v] = load(right + width * v);
      if (v % per_line == 0) {
        _mm_prefetch(reinterpret_cast<const char *>(right + task.ahead + width * v), _MM_HINT_T0);
      }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < Rows; ++r) {
      const Vector factor = same(left[r]);
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) sums[r][v] = product_plus(factor, row[v], sums[r][v]);
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

void multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates) {
  // Parts of about equal size where the registers hold less than the tile.
  const int64_t parts = parts_of(rows, most_rows(2));
  const int64_t vectors = columns <= width ? 1 : vectors_for(rows);
  for (int64_t column = 0; column < columns; column += vectors * width) {
    for (int64_t part = 0; part < parts; ++part) {
      const int64_t row = rows * part / parts, count = rows * (part + 1) / parts - row;
      // The last part has the others' numbers in the cache and asks for the columns that follow.
      const int64_t next = column + vectors * width;
      const int64_t ahead =
        part + 1 < parts ? 8 * strip_columns
        : parts > 1      ? (next < strip_columns ? next : depth * strip_columns) - column
        // Far enough to hide memory's delay; with few rows the memory itself is the limit, and
        // asking for the next lines only works best.
        : (rows < 4 ? 2 : 32) * strip_columns;
      const Task task{
        tile + row, rows, strip + column, bias == nullptr ? nullptr : bias + column, depth,
        columns - column, ahead, out + row * out_stride + column, out_stride, accumulates != 0};
      switch (vectors) {
        case 1: multiply<1>(task, count); break;
        case 2: multiply<2>(task, count); break;
        default: multiply<most_vectors>(task, count);
      }
    }
  }
}

/// A thread's room for the block of the left-hand matrix that it works on.
struct Room {
  float *numbers = static_cast<float *>(
    std::aligned_alloc(4096, (block_rows * block_depth * sizeof(float) + 8191) / 4096 * 4096));
  ~Room() { std::free(numbers); }
};

float *room() {
  thread_local Room room;
  return room.numbers;
}

/// Where tile `index` of `tiles` begins: rows are spread evenly, so that no tile is much smaller
/// than the others.
int64_t first_row(int64_t index, int64_t tiles, int64_t rows) { return rows * index / tiles; }

void multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  float *packed = room();
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
