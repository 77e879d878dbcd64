// The steps of an LSTM. Included inside a namespace, after the elementary functions.

/// `y * (1 - y)`.
INLINE Vector logistic_slope(Vector y) { return minus_product(y, y, y); }

void lstm_forward(float *gates, float *cell, float *hidden, int64_t units) {
  for (int64_t j = 0; j < units; j += width) {
    const Lanes m = first_lanes(units - j);
    float *at = gates + j;
    const Vector i = logistic(load(at, m));
    const Vector f = logistic(load(at + units, m));
    const Vector o = logistic(load(at + 2 * units, m));
    const Vector g = hyperbolic_tangent(load(at + 3 * units, m));
    const Vector c = product_plus(f, load(cell + j, m), times(i, g));
    store(at, i, m);
    store(at + units, f, m);
    store(at + 2 * units, o, m);
    store(at + 3 * units, g, m);
    store(cell + j, c, m);
    store(hidden + j, times(o, hyperbolic_tangent(c)), m);
  }
}

void lstm_backward(
  float *gates, const float *previous_cell, const float *cell, const float *d_hidden,
  float *d_cell, int64_t units) {
  const Vector one = same(1);
  for (int64_t j = 0; j < units; j += width) {
    const Lanes m = first_lanes(units - j);
    float *at = gates + j;
    const Vector i = load(at, m);
    const Vector f = load(at + units, m);
    const Vector o = load(at + 2 * units, m);
    const Vector g = load(at + 3 * units, m);
    // forward:  hidden[j] = output[j] * tanh(cell[j])
    const Vector t = hyperbolic_tangent(load(cell + j, m));
    const Vector dh = load(d_hidden + j, m);
    const Vector dc = product_plus(times(dh, o), minus_product(t, t, one), load(d_cell + j, m));
    const Vector d_o = times(times(dh, t), logistic_slope(o));
    // forward:  cell[j] = forget[j] * previousCell[j] + input[j] * candidate[j]
    const Vector di = times(times(dc, g), logistic_slope(i));
    const Vector dg = times(times(dc, i), minus_product(g, g, one));
    const Vector df = times(times(dc, load(previous_cell + j, m)), logistic_slope(f));
    store(at, di, m);
    store(at + units, df, m);
    store(at + 2 * units, d_o, m);
    store(at + 3 * units, dg, m);
    store(d_cell + j, times(dc, f), m);
  }
}

