// Reductions over a row, in sixteen parallel parts: that vectorises and rounds less than one part.

@inline(__always)
func rowSum(_ x: UnsafePointer<Float>, count: Int) -> Float {
  var sums = SIMD16<Float>()
  let raw = unsafe UnsafeRawPointer(x)
  var index = 0
  while index + 16 <= count {
    sums += unsafe raw.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
    index += 16
  }
  var sum = sums.sum()
  while index < count {
    unsafe sum += x[index]
    index += 1
  }
  return sum
}

@inline(__always)
func rowMaximum(_ x: UnsafePointer<Float>, count: Int) -> Float {
  guard count >= 16 else {
    var largest = -Float.infinity
    for index in 0..<count { unsafe largest = x[index] > largest ? x[index] : largest }
    return largest
  }
  let raw = unsafe UnsafeRawPointer(x)
  var largest = unsafe raw.loadUnaligned(as: SIMD16<Float>.self)
  var index = 16
  while index + 16 <= count {
    let next = unsafe raw.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
    largest.replace(with: next, where: next .> largest)
    index += 16
  }
  var result = largest.max()
  while index < count {
    unsafe result = x[index] > result ? x[index] : result
    index += 1
  }
  return result
}

/// The sum of `x * (y - offset)`.
@inline(__always)
func rowDot(
  _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, minus offset: Float = 0, count: Int
) -> Float {
  var sums = SIMD16<Float>()
  let (left, right) = unsafe (UnsafeRawPointer(x), UnsafeRawPointer(y))
  var index = 0
  while index + 16 <= count {
    let a = unsafe left.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
    let b = unsafe right.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
    sums += a * (b - offset)
    index += 16
  }
  var sum = sums.sum()
  while index < count {
    unsafe sum += x[index] * (y[index] - offset)
    index += 1
  }
  return sum
}

/// The sum of `(x - mean)^2`.
@inline(__always)
func rowSquares(_ x: UnsafePointer<Float>, around mean: Float, count: Int) -> Float {
  var sums = SIMD16<Float>()
  let raw = unsafe UnsafeRawPointer(x)
  var index = 0
  while index + 16 <= count {
    let d = unsafe raw.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self) - mean
    sums += d * d
    index += 16
  }
  var sum = sums.sum()
  while index < count {
    let d = unsafe x[index] - mean
    sum += d * d
    index += 1
  }
  return sum
}
