// Products with matrices whose numbers take two bytes each: they are widened where they are used, so
// that the results are those of the same numbers in four bytes. Included inside a namespace, after
// the other products.

/// `count` numbers, a multiple of 32.
void widen(const uint16_t *from, int64_t count, int format, float *to) {
  if (format == kernels_float16) {
    for (int64_t i = 0; i < count; i += width) store(to + i, load_float16(from + i));
  } else {
    for (int64_t i = 0; i < count; i += width) store(to + i, load_bfloat16(from + i));
  }
}

/// Calls `body` with the format's type.
template <class Body>
auto with_format(int format, Body body) {
  return format == kernels_float16 ? body(Float16s{}) : body(Bfloat16s{});
}

/// Strips of numbers of two bytes.
struct HalfStrips {
  using Format = Single;

  const uint16_t *numbers;
  int format;
  int64_t depth;

  /// As `PlainStrips::multiply`.
  int multiply(
    const float *packed, int64_t rows, int64_t column, int64_t k, int64_t part, int64_t columns,
    End end, float *out, int64_t out_stride) const {
    const uint16_t *strip = numbers + column * depth + k * strip_columns;
    // For few rows the numbers are widened in the registers, which halves what is read; for more,
    // once for all tiles.
    if (tiles_of(rows) <= 2) {
      with_format(format, [&](auto format) {
        multiply_tiles<decltype(format)>(
          packed, rows, part, strip, columns, end, out, out_stride);
      });
      return 0;
    }
    float *wide = room<strip_columns * block_depth>();
    if (wide == nullptr) return 1;
    widen(strip, part * strip_columns, format, wide);
    multiply_tiles<Floats>(packed, rows, part, wide, columns, end, out, out_stride);
    return 0;
  }
};

/// The same, of which the columns are added up.
struct TransposedHalves {
  using Format = Floats;

  const uint16_t *strips;
  int format;
  /// Of each strip.
  int64_t rows;

  const float *next(int64_t, int64_t) const { return nullptr; }

  void copy(int64_t row, int64_t columns, int64_t depth, int64_t part, float *strip) const {
    alignas(64) float block[strip_columns * strip_columns];
    for (int64_t k = 0; k < part; k += strip_columns) {
      widen(
        strips + (depth + k) * rows + row * strip_columns, columns * strip_columns, format, block);
      float *to = strip + k * strip_columns;
      if (columns == strip_columns && part - k >= strip_columns) {
        transpose_block(block, block, to);
      } else {
        pack_strip(block, std::min(strip_columns, part - k), columns, 1, strip_columns, to);
      }
    }
  }
};

int multiply_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t columns, const float *bias, float *out, int64_t out_stride,
  int accumulates) {
  return multiply_strips(
    left, left_stride, rows, depth, HalfStrips{strips, format, depth}, columns, bias, out,
    out_stride, accumulates);
}

int multiply_transposed_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  return multiply_transposed_source(
    left, left_stride, rows, depth, TransposedHalves{strips, format, strip_rows}, first, columns, bias,
    out, out_stride, accumulates);
}

void multiply_half_tile(
  const float *tile, int64_t rows, int64_t depth, const uint16_t *strip, int format,
  int64_t columns, const float *bias, float *out, int64_t out_stride, int accumulates) {
  with_format(format, [&](auto format) {
    multiply_rows<decltype(format), Layout::tile>(
      LeftSide::tile(tile, rows), rows, depth, strip, columns, End{bias, accumulates != 0},
      out, out_stride);
  });
}

int multiply_transposed_half_tiles(
  const float *tiles, int64_t rows, int64_t depth, const uint16_t *strips, int format,
  int64_t strip_rows, int64_t first, int64_t columns, float *out, int64_t out_stride,
  int accumulates) {
  return multiply_transposed_tiles_source(
    tiles, rows, depth, TransposedHalves{strips, format, strip_rows}, first, columns, out, out_stride,
    accumulates);
}
