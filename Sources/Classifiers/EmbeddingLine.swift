public import Tensors

/// Points on the straight line from a baseline `b` to a text `x` in embedding space.
public struct EmbeddingLine: Sendable {
  /// `x`, `[1, T, D]`.
  public let text: TokenVectors
  /// `x - b`, `[T, D]`.
  public let difference: [Float]

  /// - Parameter baseline: `b`, in the text's shape; nil for zero vectors.
  public init(from baseline: TokenVectors?, to text: TokenVectors) {
    precondition(text.batch == 1 && (baseline.map { $0.values.count == text.values.count } ?? true))
    self.text = text
    difference = baseline.map { zip(text.values, $0.values).map { $0 - $1 } } ?? text.values
  }

  /// The embeddings at `x + (alpha - 1) (x - b)`, so that the end of the line equals the text
  /// exactly; one row each, `[N, T, D]`.
  public func vectors(at alphas: some Collection<Double>) -> TokenVectors {
    var rows = TokenVectors(
      lengths: [Int](repeating: text.tokens, count: alphas.count), width: text.width)
    rows.standAs(text)
    for (row, alpha) in alphas.enumerated() {
      let back = Float(alpha - 1)
      let start = row * text.values.count
      for (index, x) in text.values.enumerated() {
        rows.values[start + index] = x + back * difference[index]
      }
    }
    return rows
  }

  /// A point of the line, and the weight of its gradient.
  public struct Point: Sendable, Hashable {
    /// 0 at the baseline, 1 at the text.
    public var alpha: Double
    /// If it is 0, only the logits are computed.
    public var weight: Double

    public init(alpha: Double, weight: Double) {
      self.alpha = alpha
      self.weight = weight
    }
  }
}

/// A classifier's logits and gradient along a line.
public struct LineGradient: Sendable {
  /// At each point, `[N, C]`.
  public var logits: Matrix
  /// `sum of weight * d score / d embedding` over the points, `[1, T, D]`.
  public var gradient: TokenVectors

  public init(logits: Matrix, gradient: TokenVectors) {
    self.logits = logits
    self.gradient = gradient
  }
}

/// The mean gradient on a line.
public struct LineIntegral: Sendable, Equatable {
  /// At the baseline and at the text, `[2, C]`.
  public var logits: Matrix
  /// `integral over alpha from 0 to 1 of d score / d embedding`, `[1, T, D]`.
  public var gradient: TokenVectors
  /// How many points of the line went through a forward and backward pass.
  public var passes: Int
  /// The number of points of the quadrature.
  public var points: Int

  public init(logits: Matrix, gradient: TokenVectors, passes: Int, points: Int) {
    self.logits = logits
    self.gradient = gradient
    self.passes = passes
    self.points = points
  }
}

extension DifferentiableClassifier {
  public func integral(of target: Target, along line: EmbeddingLine) throws -> LineIntegral? {
    nil
  }

  public func gradient(
    of target: Target, along line: EmbeddingLine, at points: [EmbeddingLine.Point]
  ) throws -> LineGradient {
    try gradientPointByPoint(of: target, along: line, at: points)
  }

  /// By `gradient(of:at:)`, for a classifier that cannot exploit that the points lie on a line.
  package func gradientPointByPoint(
    of target: Target, along line: EmbeddingLine, at points: [EmbeddingLine.Point]
  ) throws -> LineGradient {
    var logits = Matrix(zeros: points.count, classes.count)
    var sum = [Double](repeating: 0, count: line.text.values.count)
    let size = max(1, rowsPerCall(tokens: line.text.tokens))
    let valued = points.indices.filter { points[$0].weight == 0 }
    let weighted = points.indices.filter { points[$0].weight != 0 }
    for call in weighted.split(every: size) {
      try Task.checkCancellation()
      let result = try gradient(
        of: call.map { _ in target }, at: line.vectors(at: call.map { points[$0].alpha }))
      for (row, index) in call.enumerated() {
        logits.replace(row: index, with: result.logits[row: row])
        let start = row * sum.count
        for place in sum.indices {
          sum[place] += points[index].weight * Double(result.gradient.values[start + place])
        }
      }
    }
    for call in valued.split(every: size) {
      try Task.checkCancellation()
      let result = try self.logits(from: line.vectors(at: call.map { points[$0].alpha }))
      for (row, index) in call.enumerated() {
        logits.replace(row: index, with: result[row: row])
      }
    }
    var gradient = TokenVectors(lengths: line.text.lengths, width: line.text.width)
    gradient.values = sum.map(Float.init)
    return LineGradient(logits: logits, gradient: gradient)
  }
}

extension [Int] {
  /// Parts with at most `size` elements.
  fileprivate func split(every size: Int) -> [ArraySlice<Int>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min(count, $0 + size)] }
  }
}

extension Matrix {
  mutating func replace(row: Int, with values: [Float]) {
    elements.replaceSubrange(row * columns..<(row + 1) * columns, with: values)
  }
}
