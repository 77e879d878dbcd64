import Tensors

/// How a single vector is computed from all tokens' vectors, as in sentence-transformers'
/// `Pooling`.
enum TokenPooling: String, Sendable, CaseIterable {
  // In the order in which several are concatenated.
  case cls, max, mean
  case meanSquareRoot = "mean_sqrt_len_tokens"
  case weightedMean = "weightedmean"
  case last = "lasttoken"

  /// The weight of each of `count` rows; nil if it depends on the rows.
  private func weights(_ count: Int) -> [Float]? {
    var weights = [Float](repeating: 0, count: count)
    switch self {
    case .cls: weights[0] = 1
    case .last: weights[count - 1] = 1
    case .mean: weights = .init(repeating: 1 / Float(count), count: count)
    case .meanSquareRoot: weights = .init(repeating: 1 / Float(count).squareRoot(), count: count)
    case .weightedMean:
      let sum = Float(count) * Float(count + 1) / 2
      weights = (1...count).map { Float($0) / sum }
    case .max: return nil
    }
    return weights
  }

  /// `[N, D]` to `[B, D]`; a text without tokens pools to zeros.
  func forward(_ x: [Float], texts: TextSpans, width: Int) -> Matrix {
    var pooled = Matrix(zeros: texts.ranges.count, width)
    for (text, range) in texts.ranges.enumerated() where !range.isEmpty {
      guard let weights = weights(range.count) else {
        for column in 0..<width {
          pooled[text, column] = range.reduce(-.infinity) { Swift.max($0, x[$1 * width + column]) }
        }
        continue
      }
      for (weight, row) in zip(weights, range) where weight != 0 {
        for column in 0..<width { pooled[text, column] += weight * x[row * width + column] }
      }
    }
    return pooled
  }

  /// The gradient at the tokens' vectors, added to `dx`.
  /// - Parameter baseline: the baseline's vectors, for chords.
  func backward(
    _ dPooled: Matrix, x: [Float], baseline: [Float]?, texts: TextSpans, into dx: inout [Float]
  ) {
    let width = dPooled.columns
    for (text, range) in texts.ranges.enumerated() where !range.isEmpty {
      // forward:  pooled = sum of weight * x[row], or the largest x[row] of each column
      if let weights = weights(range.count) {
        for (weight, row) in zip(weights, range) where weight != 0 {
          for column in 0..<width { dx[row * width + column] += weight * dPooled[text, column] }
        }
        continue
      }
      for column in 0..<width {
        func values(_ x: [Float]) -> [Float] { range.map { x[$0 * width + column] } }
        let shares = maximumShares(of: values(x), from: baseline.map(values))
        for (share, row) in zip(shares, range) {
          dx[row * width + column] += share * dPooled[text, column]
        }
      }
    }
  }
}

/// The weight of each number in the maximum: 1 for the first of the largest. With a baseline, the
/// slopes of chords: the numbers change from baseline to value one after another, and each gets the
/// resulting change of the maximum; the products of slopes and changes add up to that of the
/// maximum.
func maximumShares(of values: [Float], from baseline: [Float]?) -> [Float] {
  var shares = [Float](repeating: 0, count: values.count)
  guard let baseline else {
    var best = 0
    for (index, value) in values.enumerated() where value > values[best] { best = index }
    if !values.isEmpty { shares[best] = 1 }
    return shares
  }
  // The largest of those that have changed and of those that have not yet.
  var rest = baseline
  for index in rest.indices.dropLast().reversed() {
    rest[index] = max(rest[index], rest[index + 1])
  }
  var gone = -Float.infinity
  for (index, value) in values.enumerated() {
    let others = max(gone, index + 1 < rest.count ? rest[index + 1] : -.infinity)
    let change = value - baseline[index]
    if change != 0 { shares[index] = (max(others, value) - max(others, baseline[index])) / change }
    gone = max(gone, value)
  }
  return shares
}
