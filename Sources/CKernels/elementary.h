// Elementary functions without branches. Included inside a namespace, after its vectors.
//
// Errors were measured against double precision over the whole range. Tests hold the exponential, the
// logistic function and the hyperbolic tangent to 3e-7. What is no number stays none.

struct Parts {
  Vector power, rest;
};

/// `e^x = power * (1 + rest)`: Cody and Waite's reduction to |r| <= ln 2 / 2, and the polynomial of
/// Moshier's Cephes. From 1.2e-38 to 2.4e38; beyond, the nearer of the two.
INLINE Parts exponential_parts(Vector x) {
  // The number stands second: minimum and maximum give the second where one is NaN.
  x = larger(same(-87.33f), smaller(same(88.37f), x));
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
  const Vector magic = same(12582912);
  const Vector shifted = product_plus(x, same(1.44269504f), magic);
  const Vector n = minus(shifted, magic);
  Vector r = minus_product(n, same(0.693359375f), x);
  r = minus_product(n, same(-2.1219444e-4f), r);
  Vector p = same(1.98756915e-4f);
  p = product_plus(p, r, same(1.3981999507e-3f));
  p = product_plus(p, r, same(8.3334519073e-3f));
  p = product_plus(p, r, same(4.1665795894e-2f));
  p = product_plus(p, r, same(1.6666665459e-1f));
  p = product_plus(p, r, same(5.0000001201e-1f));
  return {power_of_two(shifted), product_plus(times(p, r), r, r)};
}

/// Relative error 2e-7.
INLINE Vector exponential(Vector x) {
  const Parts e = exponential_parts(x);
  return product_plus(e.power, e.rest, e.power);
}

/// `1 / (1 + e^-x)`.
INLINE Vector logistic(Vector x) {
  const Vector one = same(1);
  return over(one, plus(one, exponential(minus(zero(), x))));
}

/// Relative error 3e-7 also near 0.
INLINE Vector hyperbolic_tangent(Vector x) {
  const Vector two = same(2);
  const Parts e = exponential_parts(times(same(-2), absolute(x)));
  // e^(-2|x|) - 1, precise near 0 too
  const Vector minus_one = product_plus(e.power, e.rest, minus(e.power, same(1)));
  return with_sign_of(over(minus_one, plus(two, minus_one)), x);
}

/// Absolute error 4.5e-7, largest near 3.9: a rational minimax approximation, a quotient of polynomials on [-4, 4], beyond
/// which the error function is 1 to single precision.
INLINE Vector error_function(Vector x) {
  x = larger(same(-4), smaller(same(4), x));
  const Vector square = times(x, x);
  Vector p = same(-2.72614225801306e-10f);
  p = product_plus(p, square, same(2.77068142495902e-8f));
  p = product_plus(p, square, same(-2.10102402082508e-6f));
  p = product_plus(p, square, same(-5.69250639462346e-5f));
  p = product_plus(p, square, same(-7.34990630326855e-4f));
  p = product_plus(p, square, same(-2.95459980854025e-3f));
  p = product_plus(p, square, same(-1.60960333262415e-2f));
  Vector q = same(-1.45660718464996e-5f);
  q = product_plus(q, square, same(-2.13374055278905e-4f));
  q = product_plus(q, square, same(-1.68282697438203e-3f));
  q = product_plus(q, square, same(-7.37332916720468e-3f));
  q = product_plus(q, square, same(-1.42647390514189e-2f));
  return over(times(x, p), q);
}

/// The normal distribution's probability of a number below `x`.
INLINE Vector normal_probability(Vector x) {
  return times(same(0.5f), plus(same(1), error_function(times(x, same(0.70710678f)))));
}

INLINE Vector normal_density(Vector x) {
  return times(exponential(times(times(same(-0.5f), x), x)), same(0.39894228f));
}

/// `tanh(log(1 + e^x))`, which is `(e^2x + 2e^x) / (e^2x + 2e^x + 2)`.
INLINE Vector tanh_of_softplus(Vector x) {
  // Beyond 20 it is 1 to the last place, and soon the square has no room.
  const Vector power = exponential(smaller(same(20), x));
  const Vector sum = times(power, plus(power, same(2)));
  return over(sum, plus(sum, same(2)));
}
