// Products of tiles and strips. Included inside a namespace, after their packing.

/// As much depth as is packed at a time.
constexpr int64_t block_depth = 1152;

/// Products in single precision, with the left-hand side as it is.
struct Single {
  using Left = Singles;
  /// As many rows of a strip as are asked for ahead of their time in one piece.
  static constexpr int64_t block_rows = strip_columns;
  INLINE Vector multiply_add(Vector a, Vector b, Vector c) { return product_plus(a, b, c); }
};

/// How a strip's numbers are stored, and become numbers of four bytes.
struct Floats : Single {
  using Number = float;
  INLINE Vector read(const float *from) { return load(from); }
};
struct Float16s : Single {
  using Number = uint16_t;
  INLINE Vector read(const uint16_t *from) { return load_float16(from); }
};
struct Bfloat16s : Single {
  using Number = uint16_t;
  INLINE Vector read(const uint16_t *from) { return load_bfloat16(from); }
};

/// Rows of a strip that are wanted soon, so that they are in the cache by then.
template <class Format>
struct Soon {
  const typename Format::Number *rows;
  /// From one block of rows to the next.
  int64_t block_stride = Format::block_rows * strip_columns;
  /// Of each so many blocks one is asked for, because others who run before ask for the others.
  int64_t of = 1, turn = 0;
};

/// How the left-hand side of a product lies: as a tile, as rows each in one piece, or as columns.
enum class Layout { tile, rows, columns };

/// The left-hand side of a product.
struct LeftSide {
  const float *numbers;
  /// From a row to the next, and from a column to the next.
  int64_t row_stride, column_stride;

  static LeftSide tile(const float *numbers, int64_t rows) { return {numbers, 1, rows}; }
};

template <class Format>
struct Task {
  LeftSide left;
  const typename Format::Number *strip;
  const float *bias;
  int64_t depth, columns;
  /// What is asked for meanwhile: a strip's row at each depth, block by block.
  Soon<Format> soon;
  float *out;
  int64_t out_stride;
  bool accumulates;
  /// What the sums are multiplied by before anything is added.
  float factor;
};

/// `Rows` times `width * Vectors` sums stay in registers over the whole depth.
template <class Format, Layout layout, int Vectors, int Rows>
void multiply(const Task<Format> &task) {
  constexpr int per_line = 64 / sizeof(float) / width;
  constexpr int numbers_per_line = 64 / sizeof(typename Format::Number);
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
      __builtin_prefetch(task.out + r * task.out_stride + (Vectors + v) * width);
    }
  }
  const float *left = task.left.numbers;
  const typename Format::Number *right = task.strip;
  const int64_t row_stride = layout == Layout::rows ? task.left.row_stride : 1;
  const bool is_whole_tile = layout == Layout::tile && most_rows(Vectors) >= tile_rows;
  const int64_t column_stride =
    layout == Layout::rows ? 1 : is_whole_tile ? Rows : task.left.column_stride;
  const auto &soon = task.soon;
  constexpr int64_t rows = Format::block_rows;
  for (int64_t block = 0; rows * block < task.depth; ++block) {
    const typename Format::Number *ask =
      block % soon.of == soon.turn ? soon.rows + block * soon.block_stride : right;
    const int64_t depth = std::min<int64_t>(rows, task.depth - rows * block);
    for (int64_t k = 0; k < depth; ++k) {
      Vector row[Vectors];
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) {
        row[v] = Format::read(right + width * v);
        if (width * v % numbers_per_line == 0) __builtin_prefetch(ask + width * v);
      }
#pragma clang loop unroll(full)
      for (int r = 0; r < Rows; ++r) {
        const Vector factor = same(left[r * row_stride]);
#pragma clang loop unroll(full)
        for (int v = 0; v < Vectors; ++v) {
          sums[r][v] = Format::multiply_add(row[v], factor, sums[r][v]);
        }
      }
      left += column_stride;
      right += strip_columns;
      ask += strip_columns;
    }
  }
  if (task.factor != 1) {
    const Vector factor = same(task.factor);
#pragma clang loop unroll(full)
    for (int r = 0; r < Rows; ++r) {
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) sums[r][v] = times(sums[r][v], factor);
    }
  }
  // Last, so that a thousand small products are not rounded to the size of a large start.
  const bool is_whole = task.columns >= width * Vectors;
  const float *start = task.accumulates ? task.out : task.bias;
  const int64_t start_stride = task.accumulates ? task.out_stride : 0;
  float *to = task.out;
#pragma clang loop unroll(full)
  for (int r = 0; r < Rows; ++r) {
    if (is_whole) {
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) {
        if (start != nullptr) sums[r][v] = plus(sums[r][v], load(start + width * v));
        store(to + width * v, sums[r][v]);
      }
    } else {
#pragma clang loop unroll(full)
      for (int v = 0; v < Vectors; ++v) {
        const Lanes lanes = first_lanes(task.columns - width * v);
        if (start != nullptr) sums[r][v] = plus(sums[r][v], load(start + width * v, lanes));
        store(to + width * v, sums[r][v], lanes);
      }
    }
    if (start != nullptr) start += start_stride;
    to += task.out_stride;
  }
}

template <class Format, Layout layout, int Vectors, size_t... Rows>
void multiply(const Task<Format> &task, int64_t rows, std::index_sequence<Rows...>) {
  static constexpr void (*functions[])(const Task<Format> &) = {
    &multiply<Format, layout, Vectors, Rows + 1>...};
  functions[rows - 1](task);
}

template <class Format, Layout layout, int Vectors>
void multiply(const Task<Format> &task, int64_t rows) {
  multiply<Format, layout, Vectors>(task, rows, std::make_index_sequence<most_rows(Vectors)>());
}

/// How a product ends.
struct End {
  const float *bias;
  bool accumulates;
  float factor = 1;
};

/// At most 14 rows times a strip.
/// - Parameter soon: the strip that is wanted next, asked for once the columns at hand were read.
template <class Format, Layout layout>
void multiply_rows(
  LeftSide left, int64_t rows, int64_t depth, const typename Format::Number *strip,
  int64_t columns, End end, float *out, int64_t out_stride,
  Soon<Format> soon = {nullptr}) {
  // Parts of about equal size where the registers hold less than the tile.
  const int64_t parts = parts_of(rows, most_rows(2));
  const int64_t vectors = columns <= width ? 1 : vectors_for(rows);
  for (int64_t column = 0; column < columns; column += vectors * width) {
    for (int64_t part = 0; part < parts; ++part) {
      const int64_t row = rows * part / parts, count = rows * (part + 1) / parts - row;
      Soon<Format> asked{strip + column + 8 * strip_columns};
      if (soon.rows != nullptr) {
        if (part + 1 == parts) {
          asked = soon;
          asked.rows += column;
        }
      } else if (parts == 1) {
        // Far enough to hide memory's delay; with few rows the memory itself is the limit, and
        // asking for the next lines only works best, if they aren't used up at once.
        constexpr int64_t next_lines = sizeof(typename Format::Number) == 2 ? 16 : 2;
        asked.rows = strip + column + (rows < 4 ? next_lines : 32) * strip_columns;
      } else if (part + 1 == parts) {
        // The other parts brought these columns: now for those that follow.
        const int64_t next = column + vectors * width;
        asked.rows = strip + (next < strip_columns ? next : depth * strip_columns);
      }
      const Task<Format> task{
        {left.numbers + row * left.row_stride, left.row_stride, left.column_stride},
        strip + column, end.bias == nullptr ? nullptr : end.bias + column, depth, columns - column,
        asked, out + row * out_stride + column, out_stride, end.accumulates, end.factor};
      switch (vectors) {
        case 1: multiply<Format, layout, 1>(task, count); break;
        case 2: multiply<Format, layout, 2>(task, count); break;
        default: multiply<Format, layout, most_vectors>(task, count);
      }
    }
  }
}

void multiply_tile(
  const float *tile, int64_t rows, int64_t depth, const float *strip, int64_t columns,
  const float *bias, float *out, int64_t out_stride, int accumulates) {
  multiply_rows<Floats, Layout::tile>(
    LeftSide::tile(tile, rows), rows, depth, strip, columns, End{bias, accumulates != 0}, out,
    out_stride);
}

/// A thread's room, to be used for one thing at a time; null where there is no memory.
template <int64_t Numbers>
float *room() {
  constexpr size_t bytes = (Numbers * sizeof(float) + 8191) / 4096 * 4096;
  struct Room {
    float *numbers = static_cast<float *>(std::aligned_alloc(4096, bytes));
    // What is asked for ahead of its time may lie where nothing was written yet. Pages that are not there cost
    // each such request a walk: short products took twice as long.
    Room() {
      if (numbers != nullptr) std::memset(numbers, 0, bytes);
    }
    ~Room() { std::free(numbers); }
  };
  thread_local Room room;
  return room.numbers;
}

/// For the block of the left-hand matrix that a thread works on.
float *block_room() { return room<block_rows * block_depth>(); }

/// All tiles of some rows, one after the other, times a strip.
template <class Format>
void multiply_tiles(
  const float *packed, int64_t rows, int64_t depth, const typename Format::Number *strip,
  int64_t columns, End end, float *out, int64_t out_stride) {
  const int64_t tiles = tiles_of(rows);
  for (int64_t tile = 0; tile < tiles; ++tile) {
    const int64_t row = first_row(tile, tiles, rows);
    const int64_t count = first_row(tile + 1, tiles, rows) - row;
    multiply_rows<Format, Layout::tile>(
      LeftSide::tile(packed + row * depth, count), count, depth, strip, columns, end,
      out + row * out_stride, out_stride);
  }
}

/// Strips whose lanes are multiplied as they are stored.
template <class Stored>
struct PlainStrips {
  using Format = Stored;

  const float *numbers;
  int64_t depth;

  /// Some tiles times the rows `k..<k + part` of the strip whose first column is `column`.
  int multiply(
    const float *packed, int64_t rows, int64_t column, int64_t k, int64_t part, int64_t columns,
    End end, float *out, int64_t out_stride) const {
    multiply_tiles<Format>(
      packed, rows, part, numbers + column * depth + k * strip_columns, columns, end, out,
      out_stride);
    return 0;
  }
};

/// - Parameter numbers: of each row of the left-hand side.
template <class Strips>
int multiply_strips(
  const float *left, int64_t left_stride, int64_t rows, int64_t numbers, const Strips &strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  using Side = typename Strips::Format::Left;
  const int64_t depth = Side::lanes(numbers);
  float *packed = block_room();
  if (packed == nullptr) return 1;
  const auto multiply = [&](
    const float *tiles, int64_t row, int64_t count, int64_t k, int64_t part, int64_t column) {
    return strips.multiply(
      tiles, count, column, k, part, std::min(strip_columns, columns - column),
      End{bias == nullptr ? nullptr : bias + column, accumulates || k > 0},
      out + row * out_stride + column, out_stride);
  };
  // Blocks of about equal size: one of a few rows would read all strips once more.
  const int64_t blocks = parts_of(rows, block_rows);
  for (int64_t block = 0; block < blocks; ++block) {
    const int64_t row = first_row(block, blocks, rows);
    const int64_t count = first_row(block + 1, blocks, rows) - row;
    const float *from = left + row * left_stride;
    // Where the rows fit in whole, each strip is read from end to end.
    if (count * depth <= block_rows * block_depth) {
      for (int64_t k = 0; k < depth; k += block_depth) {
        pack_tiles<Side>(
          from, left_stride, count, numbers, k, std::min(block_depth, depth - k),
          packed + k * count);
      }
      for (int64_t column = 0; column < columns; column += strip_columns) {
        for (int64_t k = 0; k == 0 || k < depth; k += block_depth) {
          const int64_t part = std::min(block_depth, depth - k);
          if (multiply(packed + k * count, row, count, k, part, column)) return 1;
        }
      }
      continue;
    }
    for (int64_t k = 0; k < depth; k += block_depth) {
      const int64_t part = std::min(block_depth, depth - k);
      pack_tiles<Side>(from, left_stride, count, numbers, k, part, packed);
      for (int64_t column = 0; column < columns; column += strip_columns) {
        if (multiply(packed, row, count, k, part, column)) return 1;
      }
    }
  }
  return 0;
}

int multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  return multiply_strips(
    left, left_stride, rows, depth, PlainStrips<Floats>{strips, depth}, columns, bias, out,
    out_stride, accumulates);
}
