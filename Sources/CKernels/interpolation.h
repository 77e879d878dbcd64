// Interpolated rows: sums of a few rows with weights. Included inside a namespace, after its products.

/// The rows stay in registers where their number is known.
template <int Rows>
void interpolate(
  const float *rows, int64_t stride, const float *weights, int64_t out_rows, int64_t columns,
  float *out, int64_t out_stride) {
  for (int64_t column = 0; column < columns; column += width) {
    const Lanes lanes = first_lanes(columns - column);
    Vector row[Rows];
#pragma clang loop unroll(full)
    for (int r = 0; r < Rows; ++r) row[r] = load(rows + r * stride + column, lanes);
    for (int64_t m = 0; m < out_rows; ++m) {
      float *to = out + m * out_stride + column;
      Vector sum = zero();
#pragma clang loop unroll(full)
      for (int r = 0; r < Rows; ++r) {
        sum = product_plus(same(weights[m * Rows + r]), row[r], sum);
      }
      store(to, sum, lanes);
    }
  }
}

template <size_t... Rows>
void interpolate(
  const float *rows, int64_t stride, int64_t row_count, const float *weights, int64_t out_rows,
  int64_t columns, float *out, int64_t out_stride,
  std::index_sequence<Rows...>) {
  static constexpr void (*functions[])(
    const float *, int64_t, const float *, int64_t, int64_t, float *, int64_t) = {
    &interpolate<Rows + 1>...};
  functions[row_count - 1](
    rows, stride, weights, out_rows, columns, out, out_stride);
}

void interpolate(
  const float *rows, int64_t stride, int64_t row_count, const float *weights, int64_t out_rows,
  int64_t columns, float *out, int64_t out_stride) {
  interpolate(
    rows, stride, row_count, weights, out_rows, columns, out, out_stride,
    std::make_index_sequence<tile_rows>());
}

float interpolation_error(
  const float *x, int64_t stride, int64_t rows, const int32_t *numbers, int64_t row_count,
  const float *weights, int64_t columns, float *largest) {
  Vector most = zero(), error = zero();
  for (int64_t column = 0; column < columns; column += width) {
    const Lanes lanes = first_lanes(columns - column);
    Vector row[kernels_tile_rows];
    for (int64_t r = 0; r < row_count; ++r) row[r] = load(x + numbers[r] * stride + column, lanes);
    for (int64_t m = 0; m < rows; ++m) {
      Vector rest = load(x + m * stride + column, lanes);
      most = larger(most, absolute(rest));
      for (int64_t r = 0; r < row_count; ++r) {
        rest = minus_product(same(weights[m * row_count + r]), row[r], rest);
      }
      error = larger(error, absolute(rest));
    }
  }
  *largest = largest_lane(most);
  return largest_lane(error);
}
