/// The gradient of a function of many numbers by central differences.
///
/// With a step of 1e-2 and functions of size 1, Float's rounding and the third derivative each cost
/// about 1e-5 of the result.
public func numericGradient(
  at x: [Float], step: Float = 1e-2, of function: ([Float]) throws -> Double
) rethrows -> [Float] {
  try x.indices.map { index in
    var above = x
    var below = x
    above[index] += step
    below[index] -= step
    let width = Double(above[index]) - Double(below[index])
    return Float((try function(above) - function(below)) / width)
  }
}
