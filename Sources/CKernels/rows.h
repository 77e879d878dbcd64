// Softmax and normalisation of a row. Included inside a namespace, after the elementary functions.
//
// A row is reduced in sixteen parallel parts, whatever the vectors' width: that rounds less than one
// part, and to the same last bit with every set of instructions that rounds `a * b + c` once.

constexpr int64_t parts = 16;
constexpr int vectors = parts / width;

/// Sixteen numbers.
struct Wide {
  Vector part[vectors];

  INLINE Wide all(float x) {
    Wide wide;
    for (Vector &part : wide.part) part = same(x);
    return wide;
  }
  /// The numbers from `index` on, and `fill` where there are none any more.
  INLINE Wide from(const float *x, int64_t index, int64_t count, float fill) {
    float rest[parts];
    const float *start = x + index;
    if (count - index < parts) {
      std::fill_n(rest, parts, fill);
      std::copy(x + index, x + count, rest);
      start = rest;
    }
    Wide wide;
    for (int v = 0; v < vectors; ++v) wide.part[v] = load(start + v * width);
    return wide;
  }
};

INLINE void put(const Wide &wide, float *x, int64_t index, int64_t count) {
  if (count - index >= parts) {
    for (int v = 0; v < vectors; ++v) store(x + index + v * width, wide.part[v]);
  } else {
    for (int v = 0; v < vectors; ++v) {
      store(x + index + v * width, wide.part[v], first_lanes(count - index - v * width));
    }
  }
}

/// In double precision, which costs nothing beside the sixteen.
INLINE double sum_of(const Wide &wide) {
  float x[parts];
  for (int v = 0; v < vectors; ++v) store(x + v * width, wide.part[v]);
  // In pairs, which do not wait for one another.
  double sums[parts / 2];
#pragma clang loop unroll(full)
  for (int i = 0; i < parts / 2; ++i) sums[i] = double(x[i]) + double(x[i + parts / 2]);
#pragma clang loop unroll(full)
  for (int i = 0; i < parts / 4; ++i) sums[i] += sums[i + parts / 4];
  return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

INLINE float largest_of(const float *x, int64_t count) {
  Wide most = Wide::all(-INFINITY);
  for (int64_t i = 0; i < count; i += parts) {
    const Wide next = Wide::from(x, i, count, -INFINITY);
    for (int v = 0; v < vectors; ++v) most.part[v] = larger(most.part[v], next.part[v]);
  }
  Vector result = most.part[0];
  for (int v = 1; v < vectors; ++v) result = larger(result, most.part[v]);
  return largest_lane(result);
}

/// The sum of `e^(x - shift)`; each of them is written to `y` where that is not null.
INLINE double exponentials(const float *x, float shift, float *y, int64_t count) {
  Wide sums = Wide::all(0);
  for (int64_t i = 0; i < count; i += parts) {
    Wide powers = Wide::from(x, i, count, shift);
    for (Vector &power : powers.part) power = exponential(minus(power, same(shift)));
    if (count - i < parts) {
      // What only fills up a vector does not count.
      float rest[parts] = {};
      put(powers, rest, 0, count - i);
      powers = Wide::from(rest, 0, parts, 0);
    }
    if (y != nullptr) put(powers, y, i, count);
    for (int v = 0; v < vectors; ++v) sums.part[v] = plus(sums.part[v], powers.part[v]);
  }
  return sum_of(sums);
}

void softmax(float *x, int64_t count) {
  const float factor = static_cast<float>(1 / exponentials(x, largest_of(x, count), x, count));
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(x + i, times(load(x + i, lanes), same(factor)), lanes);
  }
}

void log_softmax(float *x, int64_t count) {
  const float largest = largest_of(x, count);
  const float shift =
    static_cast<float>(largest + std::log(exponentials(x, largest, nullptr, count)));
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(x + i, minus(load(x + i, lanes), same(shift)), lanes);
  }
}

/// The sum of `x * (y - offset)`.
INLINE double dot(const float *x, const float *y, float offset, int64_t count) {
  Wide sums = Wide::all(0);
  for (int64_t i = 0; i < count; i += parts) {
    const Wide a = Wide::from(x, i, count, 0), b = Wide::from(y, i, count, offset);
    for (int v = 0; v < vectors; ++v) {
      sums.part[v] = product_plus(a.part[v], minus(b.part[v], same(offset)), sums.part[v]);
    }
  }
  return sum_of(sums);
}

INLINE double row_sum(const float *x, int64_t count) {
  Wide sums = Wide::all(0);
  for (int64_t i = 0; i < count; i += parts) {
    const Wide next = Wide::from(x, i, count, 0);
    for (int v = 0; v < vectors; ++v) sums.part[v] = plus(sums.part[v], next.part[v]);
  }
  return sum_of(sums);
}

/// The sum of `(x - mean)^2`.
INLINE double squares(const float *x, float mean, int64_t count) {
  Wide sums = Wide::all(0);
  for (int64_t i = 0; i < count; i += parts) {
    const Wide next = Wide::from(x, i, count, mean);
    for (int v = 0; v < vectors; ++v) {
      const Vector d = minus(next.part[v], same(mean));
      sums.part[v] = product_plus(d, d, sums.part[v]);
    }
  }
  return sum_of(sums);
}

void softmax_backward(const float *y, float *d, float total, int64_t count) {
  // forward:  y[i] = e^x[i] / sum e^x
  const float share = static_cast<float>(dot(y, d, 0, count) / total);
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(d + i, times(load(y + i, lanes), minus(load(d + i, lanes), same(share))), lanes);
  }
}

void normalise(
  const float *x, const float *weight, const float *bias, int centres, float epsilon, int64_t count,
  float *y, float *mean, float *inverse) {
  *mean = centres ? static_cast<float>(row_sum(x, count) / count) : 0;
  *inverse = static_cast<float>(1 / std::sqrt(squares(x, *mean, count) / count + epsilon));
  const Vector offset = same(*mean), factor = same(*inverse);
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    const Vector value = times(minus(load(x + i, lanes), offset), factor);
    store(y + i, product_plus(value, load(weight + i, lanes), load(bias + i, lanes)), lanes);
  }
}

void normalise_backward(
  const float *dy, const float *x, const float *weight, float mean, float inverse, int centres,
  int is_constant, int64_t count, float *dx) {
  // forward:  normalised = (x - mean(x)) * inverse;  y = normalised * weight + bias
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(dx + i, times(load(dy + i, lanes), load(weight + i, lanes)), lanes);
  }
  const float average = centres ? static_cast<float>(row_sum(dx, count) / count) : 0;
  const double squared = static_cast<double>(inverse) * inverse;
  const float along =
    is_constant ? 0 : static_cast<float>(dot(dx, x, mean, count) * squared / count);
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    const Vector centred = minus(load(x + i, lanes), same(mean));
    const Vector rest =
      minus_product(centred, same(along), minus(load(dx + i, lanes), same(average)));
    store(dx + i, times(same(inverse), rest), lanes);
  }
}

void add(float *x, const float *y, int64_t count) {
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    store(x + i, plus(load(x + i, lanes), load(y + i, lanes)), lanes);
  }
}

/// `out[m, n] = sum over k of x[m, k] * rows[n, k]` for some rows of each at once, whose sums hide one another's
/// delay.
template <int Left, int Right>
INLINE void dots(
  const float *x, int64_t x_stride, const float *rows, int64_t stride, int64_t depth, float *out,
  int64_t out_stride) {
  Wide sums[Left][Right];
  for (auto &row : sums) {
    for (Wide &sum : row) sum = Wide::all(0);
  }
  for (int64_t k = 0; k < depth; k += parts) {
    Wide factors[Left];
    for (int m = 0; m < Left; ++m) factors[m] = Wide::from(x + m * x_stride, k, depth, 0);
    for (int n = 0; n < Right; ++n) {
      const Wide row = Wide::from(rows + n * stride, k, depth, 0);
      for (int m = 0; m < Left; ++m) {
        for (int v = 0; v < vectors; ++v) {
          sums[m][n].part[v] = product_plus(factors[m].part[v], row.part[v], sums[m][n].part[v]);
        }
      }
    }
  }
  for (int m = 0; m < Left; ++m) {
    for (int n = 0; n < Right; ++n) {
      out[m * out_stride + n] = static_cast<float>(sum_of(sums[m][n]));
    }
  }
}

template <int Left>
void dots(
  const float *x, int64_t x_stride, const float *rows, int64_t stride, int64_t count,
  int64_t depth, float *out, int64_t out_stride) {
  int64_t n = 0;
  for (; n + 4 <= count; n += 4) {
    dots<Left, 4>(x, x_stride, rows + n * stride, stride, depth, out + n, out_stride);
  }
  for (; n < count; ++n) {
    dots<Left, 1>(x, x_stride, rows + n * stride, stride, depth, out + n, out_stride);
  }
}

void dots(
  const float *x, int64_t x_stride, int64_t x_count, const float *rows, int64_t stride,
  int64_t count, int64_t depth, float *out, int64_t out_stride) {
  // As many sums as the registers hold.
  constexpr int left = vectors == 1 ? 4 : 1;
  int64_t m = 0;
  for (; m + left <= x_count; m += left) {
    dots<left>(
      x + m * x_stride, x_stride, rows, stride, count, depth, out + m * out_stride, out_stride);
  }
  for (; m < x_count; ++m) {
    dots<1>(
      x + m * x_stride, x_stride, rows, stride, count, depth, out + m * out_stride, out_stride);
  }
}

void scale_columns(
  float *x, int64_t rows, int64_t columns, const float *factors, const float *shift) {
  for (int64_t row = 0; row < rows; ++row, x += columns) {
    for (int64_t i = 0; i < columns; i += width) {
      const Lanes lanes = first_lanes(columns - i);
      const Vector scaled = times(load(x + i, lanes), load(factors + i, lanes));
      store(x + i, shift == nullptr ? scaled : plus(scaled, load(shift + i, lanes)), lanes);
    }
  }
}
