// Functions of one number, applied to many. Included inside a namespace, after the elementary functions.

/// `(function(x), its derivative, function(x) / x and the limit of that at 0)`; where a function is not zero
/// at zero, its derivative stands for the last: a relevance would have no bound.
struct Sigmoid {
  INLINE Vector value(Vector x) { return logistic(x); }
  INLINE Vector slope(Vector x) {
    const Vector p = logistic(x);
    return times(p, minus(same(1), p));
  }
  INLINE Vector share(Vector x) { return slope(x); }
};

struct Tanh {
  INLINE Vector value(Vector x) { return hyperbolic_tangent(x); }
  INLINE Vector slope(Vector x) {
    const Vector t = hyperbolic_tangent(x);
    return minus_product(t, t, same(1));
  }
  INLINE Vector share(Vector x) {
    return where_above(absolute(x), zero(), over(hyperbolic_tangent(x), x), plus(x, same(1)));
  }
};

struct Exp {
  INLINE Vector value(Vector x) { return exponential(x); }
  INLINE Vector slope(Vector x) { return exponential(x); }
  INLINE Vector share(Vector x) { return exponential(x); }
};

struct ReLU {
  INLINE Vector value(Vector x) { return larger(zero(), x); }
  INLINE Vector slope(Vector x) { return where_above(x, zero(), same(1), zero()); }
  INLINE Vector share(Vector x) { return slope(x); }
};

struct ReLU6 {
  INLINE Vector value(Vector x) { return smaller(same(6), larger(zero(), x)); }
  INLINE Vector slope(Vector x) {
    return where_above(same(6), x, where_above(x, zero(), same(1), zero()), zero());
  }
  INLINE Vector share(Vector x) {
    return where_above(
      x, same(6), over(same(6), x), where_above(x, zero(), same(1), zero()));
  }
};

struct LeakyReLU {
  INLINE Vector value(Vector x) { return times(x, share(x)); }
  INLINE Vector slope(Vector x) { return share(x); }
  INLINE Vector share(Vector x) { return where_above(x, zero(), same(1), same(0.01f)); }
};

struct SquaredReLU {
  INLINE Vector value(Vector x) {
    const Vector positive = larger(zero(), x);
    return times(positive, positive);
  }
  INLINE Vector slope(Vector x) { return times(same(2), share(x)); }
  INLINE Vector share(Vector x) { return where_above(x, zero(), x, zero()); }
};

struct Identity {
  INLINE Vector value(Vector x) { return x; }
  INLINE Vector slope(Vector) { return same(1); }
  INLINE Vector share(Vector) { return same(1); }
};

struct GELU {
  INLINE Vector value(Vector x) { return times(x, share(x)); }
  INLINE Vector slope(Vector x) { return product_plus(x, normal_density(x), share(x)); }
  INLINE Vector share(Vector x) { return normal_probability(x); }
};

struct TanhGELU {
  INLINE Vector tangent(Vector x) {
    const Vector cube = times(times(x, x), x);
    return hyperbolic_tangent(times(same(0.79788456f), product_plus(same(0.044715f), cube, x)));
  }
  INLINE Vector value(Vector x) { return times(x, share(x)); }
  INLINE Vector slope(Vector x) {
    // forward:  y = 0.5 * x * (1 + tanh(u(x)))
    const Vector t = tangent(x);
    const Vector du =
      times(same(0.79788456f), product_plus(same(3 * 0.044715f), times(x, x), same(1)));
    const Vector rise = times(times(x, minus_product(t, t, same(1))), du);
    return times(same(0.5f), plus(plus(same(1), t), rise));
  }
  INLINE Vector share(Vector x) { return times(same(0.5f), plus(same(1), tangent(x))); }
};

struct ClippedGELU {
  INLINE Vector value(Vector x) { return smaller(same(10), GELU::value(x)); }
  INLINE Vector slope(Vector x) {
    return where_above(GELU::value(x), same(10), zero(), GELU::slope(x));
  }
  INLINE Vector share(Vector x) {
    return where_above(GELU::value(x), same(10), over(same(10), x), GELU::share(x));
  }
};

/// `x * logistic(a * x)`, with `a` in thousandths.
template <int Thousandths>
struct Swish {
  INLINE Vector inner(Vector x) { return times(same(Thousandths / 1000.0f), x); }
  INLINE Vector value(Vector x) { return times(x, share(x)); }
  INLINE Vector slope(Vector x) {
    const Vector p = share(x);
    return times(p, product_plus(inner(x), minus(same(1), p), same(1)));
  }
  INLINE Vector share(Vector x) { return logistic(inner(x)); }
};

struct HardSwish {
  INLINE Vector value(Vector x) { return times(x, share(x)); }
  INLINE Vector slope(Vector x) {
    // forward:  y = x * (x + 3) / 6, between 0 and x
    const Vector between = plus(over(x, same(3)), same(0.5f));
    return where_above(x, same(-3), where_above(same(3), x, between, same(1)), zero());
  }
  INLINE Vector share(Vector x) { return over(ReLU6::value(plus(x, same(3))), same(6)); }
};

struct Mish {
  INLINE Vector value(Vector x) { return times(x, share(x)); }
  INLINE Vector slope(Vector x) {
    // forward:  y = x * t(softplus(x)), and the derivative of softplus is p(x)
    const Vector t = tanh_of_softplus(x);
    return product_plus(times(x, logistic(x)), minus_product(t, t, same(1)), t);
  }
  INLINE Vector share(Vector x) { return tanh_of_softplus(x); }
};

struct Laplace {
  static constexpr float mean = 0.707107f, deviation = 0.282095f;
  INLINE Vector argument(Vector x) { return over(minus(x, same(mean)), same(deviation)); }
  INLINE Vector value(Vector x) { return normal_probability(argument(x)); }
  INLINE Vector slope(Vector x) { return over(normal_density(argument(x)), same(deviation)); }
  INLINE Vector share(Vector x) { return slope(x); }
};

/// `y = function(x)`, or times the factors where there are some.
template <Vector (*function)(Vector)>
void map(const float *x, const float *factors, float *y, int64_t count) {
  int64_t i = 0;
  if (factors == nullptr) {
    for (; i + width <= count; i += width) store(y + i, function(load(x + i)));
  } else {
    for (; i + width <= count; i += width) {
      store(y + i, times(function(load(x + i)), load(factors + i)));
    }
  }
  if (i == count) return;
  const Lanes lanes = first_lanes(count - i);
  Vector rest = function(load(x + i, lanes));
  if (factors != nullptr) rest = times(rest, load(factors + i, lanes));
  store(y + i, rest, lanes);
}

using Map = void (*)(const float *, const float *, float *, int64_t);

template <class Function>
constexpr Map map_of(int aspect) {
  return aspect == kernels_value ? map<Function::value>
    : aspect == kernels_slope    ? map<Function::slope>
                                 : map<Function::share>;
}

void activate(
  int function, int aspect, const float *x, const float *factors, float *y, int64_t count) {
  Map map = nullptr;
  switch (function) {
    case kernels_sigmoid: map = map_of<Sigmoid>(aspect); break;
    case kernels_tanh: map = map_of<Tanh>(aspect); break;
    case kernels_exp: map = map_of<Exp>(aspect); break;
    case kernels_relu: map = map_of<ReLU>(aspect); break;
    case kernels_relu6: map = map_of<ReLU6>(aspect); break;
    case kernels_leaky_relu: map = map_of<LeakyReLU>(aspect); break;
    case kernels_squared_relu: map = map_of<SquaredReLU>(aspect); break;
    case kernels_gelu: map = map_of<GELU>(aspect); break;
    case kernels_gelu_tanh: map = map_of<TanhGELU>(aspect); break;
    case kernels_clipped_gelu: map = map_of<ClippedGELU>(aspect); break;
    case kernels_silu: map = map_of<Swish<1000>>(aspect); break;
    case kernels_quick_gelu: map = map_of<Swish<1702>>(aspect); break;
    case kernels_hard_swish: map = map_of<HardSwish>(aspect); break;
    case kernels_mish: map = map_of<Mish>(aspect); break;
    case kernels_laplace: map = map_of<Laplace>(aspect); break;
    default: map = map_of<Identity>(aspect);
  }
  map(x, factors, y, count);
}
