// Products of tiles and strips. Included inside a namespace, after their packing.

/// As much depth as is packed at a time.
constexpr int64_t block_depth = 1152;

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
      __builtin_prefetch(task.out + r * task.out_stride + (Vectors + v) * width);
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
        if (v % per_line == 0) __builtin_prefetch(ask + width * v);
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

/// A thread's room, to be used for one thing at a time; null where there is no memory.
template <int64_t Numbers>
float *room() {
  struct Room {
    float *numbers = static_cast<float *>(
      std::aligned_alloc(4096, (Numbers * sizeof(float) + 8191) / 4096 * 4096));
    ~Room() { std::free(numbers); }
  };
  thread_local Room room;
  return room.numbers;
}

/// For the block of the left-hand matrix that a thread works on.
float *block_room() { return room<block_rows * block_depth>(); }

/// Strips as they are stored.
struct FloatStrips {
  const float *numbers;
  int64_t depth;

  /// The rows `k..<k + part` of the strip whose first column is `column`; null without memory.
  const float *part(int64_t column, int64_t k, int64_t) const {
    return numbers + column * depth + k * strip_columns;
  }
};

template <class Strips>
int multiply_strips(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const Strips &strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  float *packed = block_room();
  if (packed == nullptr) return 1;
  for (int64_t block = 0; block < rows; block += block_rows) {
    const int64_t count = std::min(block_rows, rows - block);
    const int64_t tiles = tiles_of(count);
    for (int64_t k = 0; k == 0 || k < depth; k += block_depth) {
      const int64_t part = std::min(block_depth, depth - k);
      pack_tiles(left + block * left_stride + k, left_stride, count, part, packed);
      for (int64_t column = 0; column < columns; column += strip_columns) {
        const float *strip = strips.part(column, k, part);
        if (strip == nullptr) return 1;
        for (int64_t tile = 0; tile < tiles; ++tile) {
          const int64_t row = first_row(tile, tiles, count);
          multiply_tile(
            packed + row * part, first_row(tile + 1, tiles, count) - row, part, strip,
            std::min(strip_columns, columns - column), bias == nullptr ? nullptr : bias + column,
            out + (block + row) * out_stride + column, out_stride, accumulates || k > 0);
        }
      }
    }
  }
  return 0;
}

int multiply(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const float *strips,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  return multiply_strips(
    left, left_stride, rows, depth, FloatStrips{strips, depth}, columns, bias, out, out_stride,
    accumulates);
}
