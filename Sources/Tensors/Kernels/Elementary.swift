// Elementary functions without branches or calls, so that a loop over them becomes vector code.
// Errors were measured against Double over the whole range: tests hold them to 3e-7.

/// `e^x`, relative error 2e-7. From 1.2e-38 to 2.4e38; beyond, the nearer of the two.
@inline(__always)
func exponential(_ x: Float) -> Float {
  let (power, rest) = exponentialParts(x)
  return power + power * rest
}

/// `e^x - 1`, relative error 3e-7 also near 0.
@inline(__always)
func exponentialMinusOne(_ x: Float) -> Float {
  let (power, rest) = exponentialParts(x)
  return (power - 1) + power * rest
}

/// `e^x = 2^n * (1 + rest)`: Cody and Waite's reduction to |r| <= ln 2 / 2, and the polynomial of
/// Moshier's Cephes.
@inline(__always)
private func exponentialParts(_ x: Float) -> (power: Float, rest: Float) {
  // Written so that a NaN passes through.
  var x = x > 88.37 ? 88.37 : x
  x = x < -87.33 ? -87.33 : x
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
  let shifted = x * 1.442_695_04 + 12_582_912
  let n = shifted - 12_582_912
  let r = (x - n * 0.693_359_375) - n * -2.121_944_4e-4
  var p: Float = 1.987_569_15e-4
  p = p * r + 1.398_199_950_7e-3
  p = p * r + 8.333_451_907_3e-3
  p = p * r + 4.166_579_589_4e-2
  p = p * r + 1.666_666_545_9e-1
  p = p * r + 5.000_000_120_1e-1
  let power = Float(bitPattern: (shifted.bitPattern &<< 23) &+ 0x3f80_0000)
  return (power, p * r * r + r)
}

/// `1 / (1 + e^-x)`.
@inline(__always)
func logistic(_ x: Float) -> Float {
  1 / (1 + exponential(-x))
}

/// Relative error 3e-7 also near 0.
@inline(__always)
func hyperbolicTangent(_ x: Float) -> Float {
  let negative = exponentialMinusOne(-2 * x.magnitude)
  let positive = -negative / (2 + negative)
  return Float(bitPattern: positive.bitPattern | (x.bitPattern & 0x8000_0000))
}

/// The error function, absolute error 3e-7: a rational minimax approximation.
@inline(__always)
func errorFunction(_ x: Float) -> Float {
  // A quotient of polynomials on [-4, 4], beyond which erf is 1 to Float's precision.
  var x = x > 4 ? 4 : x
  x = x < -4 ? -4 : x
  let square = x * x
  var p: Float = -2.726_142_258_013_06e-10
  p = p * square + 2.770_681_424_959_02e-8
  p = p * square - 2.101_024_020_825_08e-6
  p = p * square - 5.692_506_394_623_46e-5
  p = p * square - 7.349_906_303_268_55e-4
  p = p * square - 2.954_599_808_540_25e-3
  p = p * square - 1.609_603_332_624_15e-2
  var q: Float = -1.456_607_184_649_96e-5
  q = q * square - 2.133_740_552_789_05e-4
  q = q * square - 1.682_826_974_382_03e-3
  q = q * square - 7.373_329_167_204_68e-3
  q = q * square - 1.426_473_905_141_89e-2
  return x * p / q
}
