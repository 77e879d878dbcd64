internal import Classifiers
internal import Glibc

/// Gradients at noisy copies of a text, which SmoothGrad and its variants aggregate differently.
struct NoisyGradients {
  /// How a token's score is computed from the mean and mean square of each coordinate's gradient.
  enum Statistic {
    /// The norm of the mean gradient.
    case smooth(ExplainerOptions.Norm)
    /// The mean squared gradient, summed over the embedding.
    case square
    /// The gradient's variance, summed over the embedding.
    case variance
  }

  static let defaultSamples = 50
  static let defaultNoise: Float = 0.15

  let request: ExplanationRequest
  let card: MethodCard
  let statistic: Statistic

  /// - Parameter refined: called after each call of the model but the last.
  func explain(refined: (TokenAttribution) throws -> Void) throws -> TokenAttribution {
    let samples = request.options.samples ?? Self.defaultSamples
    let share = request.options.noise ?? Self.defaultNoise
    try Self.check(samples: samples, noise: share)
    let classifier = try request.differentiable(for: card)
    let text = try request.embeddings(by: classifier)
    let deviation = share * text.standardDeviation
    var generator = SeededGenerator(seed: request.options.seed)
    var sums = GroupJackknife(samples: samples, width: 2 * text.values.count)
    var value: Float = 0
    var first: TokenAttribution?
    // Row 0 is the text itself: its value is the target's, and its gradient the first refinement.
    try request.forEachCall(rows: samples + 1, tokens: text.tokens) { call in
      if let result = first { try refined(result) }
      let noisy = call.map { row in
        row == 0 ? text.values : text.values.map { $0 + deviation * Float(generator.normal()) }
      }
      let result = try classifier.gradient(
        of: call.map { _ in request.target },
        at: TokenVectors(rows: noisy, like: text))
      for (row, index) in call.enumerated() {
        let gradient = result.gradient.row(row)
        if index > 0 { sums.add { Self.add(gradient, to: &$0) } }
        if index == 0 {
          value = result.scores[row]
          var single = GroupJackknife(samples: 1, width: 2 * gradient.count)
          single.add { Self.add(gradient, to: &$0) }
          if call.count == 1 {
            first = attribution(single, value: value, tokens: text.tokens, samples: 0, noise: share)
          }
        }
      }
      if sums.count > 0 {
        first = attribution(
          sums, value: value, tokens: text.tokens, samples: sums.count, noise: share)
      }
    }
    return first ?? attribution(sums, value: value, tokens: 0, samples: 0, noise: share)
  }

  /// The first half of `sums` has gradients, the second their squares.
  private static func add(_ gradient: ArraySlice<Float>, to sums: inout [Double]) {
    let half = sums.count / 2
    for (index, value) in gradient.enumerated() {
      sums[index] += Double(value)
      sums[half + index] += Double(value) * Double(value)
    }
  }

  private func attribution(
    _ sums: GroupJackknife, value: Float, tokens: Int, samples: Int, noise: Float
  ) -> TokenAttribution {
    func scores(_ mean: [Double]) -> [Double] { self.scores(mean, tokens: tokens) }
    var parameters: [String: ParameterValue] = [
      "samples": .whole(samples), "noise": .number(noise), "seed": request.seedParameter,
    ]
    if case .smooth(let norm) = statistic { parameters["norm"] = .text(norm.rawValue) }
    return TokenAttribution(
      scores: scores(sums.mean).map { Float($0) },
      standardErrors: sums.standardErrors(of: scores).map { $0.map { Float($0) } },
      targetValue: value, evaluations: samples + 1, parameters: parameters)
  }

  private func scores(_ mean: [Double], tokens: Int) -> [Double] {
    let half = mean.count / 2
    let width = tokens == 0 ? 0 : half / tokens
    return (0..<tokens).map { token in
      (token * width..<(token + 1) * width).reduce(into: Sum()) { sum, index in
        switch statistic {
        case .smooth(.l1): sum.value += abs(mean[index])
        case .smooth(.l2): sum.value += mean[index] * mean[index]
        case .square: sum.value += mean[half + index]
        case .variance: sum.value += max(mean[half + index] - mean[index] * mean[index], 0)
        }
      }
    }.map { sum in
      if case .smooth(.l2) = statistic { return sum.value.squareRoot() }
      return sum.value
    }
  }

  private struct Sum { var value = 0.0 }

  static func check(samples: Int, noise: Float) throws {
    if samples < 1 {
      throw ExplainerError.badOption(name: "samples", value: String(samples), allowed: "1 or more")
    }
    if !(noise >= 0 && noise.isFinite) {
      throw ExplainerError.badOption(name: "noise", value: String(noise), allowed: "0 or more")
    }
  }
}

extension TokenVectors {
  /// Rows of the shape of one text.
  init(rows: [[Float]], like text: TokenVectors) {
    self.init(lengths: rows.map { _ in text.tokens }, width: text.width)
    values = rows.flatMap(\.self)
    standAs(text)
  }

  /// All numbers of a row.
  func row(_ row: Int) -> ArraySlice<Float> {
    values[row * tokens * width..<(row + 1) * tokens * width]
  }

  /// The standard deviation of all numbers.
  var standardDeviation: Float {
    guard !values.isEmpty else { return 0 }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return Float((squares / count).squareRoot())
  }
}
