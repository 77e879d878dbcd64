#include "kernels.h"
#include "vectors.h"

#if defined(__x86_64__)

namespace {

// The same polynomials as in Swift's `Elementary.swift`, on 16 numbers at a time.

struct Parts {
  __m512 power, rest;
};

/// `e^x = power * (1 + rest)`.
AVX512_INLINE Parts exponential_parts(__m512 x) {
  // The number stands second: minimum and maximum give the second where one is NaN.
  x = _mm512_max_ps(_mm512_set1_ps(-87.33f), _mm512_min_ps(_mm512_set1_ps(88.37f), x));
  const __m512 magic = _mm512_set1_ps(12582912);
  const __m512 shifted = _mm512_fmadd_ps(x, _mm512_set1_ps(1.44269504f), magic);
  const __m512 n = _mm512_sub_ps(shifted, magic);
  __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), x);
  r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.1219444e-4f), r);
  __m512 p = _mm512_set1_ps(1.98756915e-4f);
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.3981999507e-3f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(8.3334519073e-3f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(4.1665795894e-2f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.6666665459e-1f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.0000001201e-1f));
  const __m512i power = _mm512_add_epi32(
    _mm512_slli_epi32(_mm512_castps_si512(shifted), 23), _mm512_set1_epi32(0x3f800000));
  return {_mm512_castsi512_ps(power), _mm512_fmadd_ps(_mm512_mul_ps(p, r), r, r)};
}

AVX512_INLINE __m512 logistic(__m512 x) {
  const __m512 one = _mm512_set1_ps(1);
  const Parts e = exponential_parts(_mm512_sub_ps(_mm512_setzero_ps(), x));
  return _mm512_div_ps(one, _mm512_add_ps(one, _mm512_fmadd_ps(e.power, e.rest, e.power)));
}

AVX512_INLINE __m512 hyperbolic_tangent(__m512 x) {
  const __m512 two = _mm512_set1_ps(2);
  const Parts e = exponential_parts(
    _mm512_mul_ps(_mm512_set1_ps(-2), _mm512_abs_ps(x)));
  // e^(-2|x|) - 1, precise near 0 too
  const __m512 minus_one = _mm512_fmadd_ps(
    e.power, e.rest, _mm512_sub_ps(e.power, _mm512_set1_ps(1)));
  const __m512 y = _mm512_div_ps(minus_one, _mm512_add_ps(two, minus_one));
  const __m512i sign = _mm512_and_si512(_mm512_castps_si512(x), _mm512_set1_epi32(INT32_MIN));
  return _mm512_castsi512_ps(
    _mm512_or_si512(_mm512_castps_si512(_mm512_abs_ps(y)), sign));
}

/// `y * (1 - y)`.
AVX512_INLINE __m512 logistic_slope(__m512 y) { return _mm512_fnmadd_ps(y, y, y); }

}  // namespace

AVX512 void kernels_lstm_forward(float *gates, float *cell, float *hidden, int64_t units) {
  for (int64_t j = 0; j < units; j += 16) {
    const __mmask16 m = first_lanes(units - j);
    float *at = gates + j;
    const __m512 i = logistic(_mm512_maskz_loadu_ps(m, at));
    const __m512 f = logistic(_mm512_maskz_loadu_ps(m, at + units));
    const __m512 o = logistic(_mm512_maskz_loadu_ps(m, at + 2 * units));
    const __m512 g = hyperbolic_tangent(_mm512_maskz_loadu_ps(m, at + 3 * units));
    const __m512 c = _mm512_fmadd_ps(f, _mm512_maskz_loadu_ps(m, cell + j), _mm512_mul_ps(i, g));
    _mm512_mask_storeu_ps(at, m, i);
    _mm512_mask_storeu_ps(at + units, m, f);
    _mm512_mask_storeu_ps(at + 2 * units, m, o);
    _mm512_mask_storeu_ps(at + 3 * units, m, g);
    _mm512_mask_storeu_ps(cell + j, m, c);
    _mm512_mask_storeu_ps(hidden + j, m, _mm512_mul_ps(o, hyperbolic_tangent(c)));
  }
}

AVX512 void kernels_lstm_backward(
  float *gates, const float *previous_cell, const float *cell, const float *d_hidden,
  float *d_cell, int64_t units) {
  const __m512 one = _mm512_set1_ps(1);
  for (int64_t j = 0; j < units; j += 16) {
    const __mmask16 m = first_lanes(units - j);
    float *at = gates + j;
    const __m512 i = _mm512_maskz_loadu_ps(m, at);
    const __m512 f = _mm512_maskz_loadu_ps(m, at + units);
    const __m512 o = _mm512_maskz_loadu_ps(m, at + 2 * units);
    const __m512 g = _mm512_maskz_loadu_ps(m, at + 3 * units);
    // forward:  hidden[j] = output[j] * tanh(cell[j])
    const __m512 t = hyperbolic_tangent(_mm512_maskz_loadu_ps(m, cell + j));
    const __m512 dh = _mm512_maskz_loadu_ps(m, d_hidden + j);
    const __m512 dc = _mm512_fmadd_ps(
      _mm512_mul_ps(dh, o), _mm512_fnmadd_ps(t, t, one), _mm512_maskz_loadu_ps(m, d_cell + j));
    const __m512 d_o = _mm512_mul_ps(_mm512_mul_ps(dh, t), logistic_slope(o));
    // forward:  cell[j] = forget[j] * previousCell[j] + input[j] * candidate[j]
    const __m512 di = _mm512_mul_ps(_mm512_mul_ps(dc, g), logistic_slope(i));
    const __m512 dg = _mm512_mul_ps(_mm512_mul_ps(dc, i), _mm512_fnmadd_ps(g, g, one));
    const __m512 df = _mm512_mul_ps(
      _mm512_mul_ps(dc, _mm512_maskz_loadu_ps(m, previous_cell + j)), logistic_slope(f));
    _mm512_mask_storeu_ps(at, m, di);
    _mm512_mask_storeu_ps(at + units, m, df);
    _mm512_mask_storeu_ps(at + 2 * units, m, d_o);
    _mm512_mask_storeu_ps(at + 3 * units, m, dg);
    _mm512_mask_storeu_ps(d_cell + j, m, _mm512_mul_ps(dc, f));
  }
}

#else

void kernels_lstm_forward(float *, float *, float *, int64_t) {}
void kernels_lstm_backward(
  float *, const float *, const float *, const float *, float *, int64_t) {}

#endif
