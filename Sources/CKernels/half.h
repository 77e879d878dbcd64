// Products with matrices whose numbers take two bytes each: a part is widened where it is used, so
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

/// Strips of numbers of two bytes, widened part by part.
struct HalfStrips {
  const uint16_t *numbers;
  int format;
  int64_t depth;

  const float *part(int64_t column, int64_t k, int64_t part) const {
    float *strip = room<strip_columns * block_depth>();
    if (strip == nullptr) return nullptr;
    widen(numbers + column * depth + k * strip_columns, part * strip_columns, format, strip);
    return strip;
  }
};

/// The same, of which the columns are added up.
struct TurnedHalves {
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

int multiply_turned_halves(
  const float *left, int64_t left_stride, int64_t rows, int64_t depth, const uint16_t *strips,
  int format, int64_t strip_rows, int64_t first, int64_t columns, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  return multiply_turned_source(
    left, left_stride, rows, depth, TurnedHalves{strips, format, strip_rows}, first, columns, bias,
    out, out_stride, accumulates);
}
