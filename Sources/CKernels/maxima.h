// The largest of rows that follow one another, and the way back through them. Included inside a namespace,
// after its products.

void keep_largest(const float *x, int32_t number, int64_t count, float *largest, int32_t *numbers) {
  float bits;
  std::memcpy(&bits, &number, sizeof bits);
  const Vector here = same(bits);
  for (int64_t i = 0; i < count; i += width) {
    const Lanes lanes = first_lanes(count - i);
    const Vector next = load(x + i, lanes), most = load(largest + i, lanes);
    // Read and written as they are: nothing computes with them.
    float *to = reinterpret_cast<float *>(numbers + i);
    const Vector place = where_above(next, most, here, load(to, lanes));
    // Nothing is above what is no number, nor is that above anything.
    store(largest + i, where_above(absolute(next), same(-1), where_above(next, most, next, most), next), lanes);
    store(to, where_above(absolute(next), same(-1), place, here), lanes);
  }
}

/// Some nodes and the rows and columns that follow from them, of which each has the number of a step.
struct Followers {
  const float *d;
  int64_t d_stride;
  const int32_t *steps;
  int64_t rows, columns;
  const float *weights;
  int64_t nodes, first_step, step_count;
  float *dx;
};

/// The gradient at `Nodes` nodes from the first on, for the columns of a vector. Rows that follow one another
/// mostly have the same steps, so that their sums stay in registers.
template <int Nodes>
void gather(const Followers &all, int64_t node, int64_t column) {
  const int64_t count = std::min<int64_t>(width, all.columns - column);
  const Lanes lanes = first_lanes(count);
  int32_t steps[width];
  std::fill_n(steps, width, -1);
  Vector sums[Nodes];
#pragma clang loop unroll(full)
  for (int r = 0; r < Nodes; ++r) sums[r] = zero();
  const auto hand_over = [&](const int32_t *next) {
    float parts[Nodes][width];
    for (int r = 0; r < Nodes; ++r) store(parts[r], sums[r]);
    for (int64_t lane = 0; lane < count; ++lane) {
      if (next != nullptr && steps[lane] == next[lane]) continue;
      const int64_t step = steps[lane] - all.first_step;
      for (int r = 0; r < Nodes; ++r) {
        if (steps[lane] >= 0 && step >= 0 && step < all.step_count) {
          all.dx[(step * all.nodes + node + r) * all.columns + column + lane] += parts[r][lane];
        }
        parts[r][lane] = 0;
      }
      if (next != nullptr) steps[lane] = next[lane];
    }
    for (int r = 0; r < Nodes; ++r) sums[r] = load(parts[r]);
  };
  for (int64_t row = 0; row < all.rows; ++row) {
    const int32_t *next = all.steps + row * all.columns + column;
    const bool is_same = count == width ? std::memcmp(steps, next, sizeof steps) == 0
                                        : std::equal(next, next + count, steps);
    if (!is_same) hand_over(next);
    const Vector d = load(all.d + row * all.d_stride + column, lanes);
    const float *weights = all.weights + row * all.nodes + node;
#pragma clang loop unroll(full)
    for (int r = 0; r < Nodes; ++r) sums[r] = product_plus(same(weights[r]), d, sums[r]);
  }
  hand_over(nullptr);
}

template <size_t... Nodes>
void gather(
  const Followers &all, int64_t node, int64_t count, int64_t column, std::index_sequence<Nodes...>) {
  static constexpr void (*functions[])(const Followers &, int64_t, int64_t) = {&gather<Nodes + 1>...};
  functions[count - 1](all, node, column);
}

void gather_at_steps(
  const float *d, int64_t d_stride, const int32_t *steps, int64_t rows, int64_t columns,
  const float *weights, int64_t nodes, int64_t first_step, int64_t step_count, float *dx) {
  constexpr int64_t most = 12;
  const Followers all{d, d_stride, steps, rows, columns, weights, nodes, first_step, step_count, dx};
  const int64_t parts = parts_of(nodes, most);
  for (int64_t part = 0; part < parts; ++part) {
    const int64_t node = first_row(part, parts, nodes), end = first_row(part + 1, parts, nodes);
    for (int64_t column = 0; column < columns; column += width) {
      gather(all, node, end - node, column, std::make_index_sequence<most>());
    }
  }
}
