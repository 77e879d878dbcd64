internal import Classifiers
internal import Tokenizers

/// How well the scores predict the effect of replacing random sets of tokens (Yeh et al. 2019,
/// arXiv:1901.09392, def. 2.1; Captum's `infidelity` with `normalize=True`).
public struct Infidelity: Measure {
  public let card = MeasureCard(
    name: "infidelity", title: "infidelity",
    summary: """
      How well the scores predict what happens when random sets of tokens are replaced: the mean \
      squared difference between the sum of a set's scores, scaled to fit best, and how much the \
      explained output falls.
      """,
    formula:
      "mean over I of (b I . score - (f(x) - f(x without I)))^2, b the least squares' factor",
    source: "Yeh et al. 2019, arXiv:1901.09392; Captum's infidelity, normalised",
    cost: "101 predictions",
    caveats: """
      In squares of the output's unit, so compare methods on one text only. The detail `share` is \
      the part of the squared changes that the scores do not predict: 0 is perfect, and 1 means \
      that they predict nothing.
      """,
    best: .low)

  static let samples = 100

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    let tokens = request.tokens
    guard !tokens.isEmpty else { return MeasureResult(notApplicable: "the text has no tokens") }
    var generator = SeededGenerator(seed: request.request.options.seed)
    let absent = (0..<Self.samples).map { _ in
      let size = generator.below(tokens.count) + 1
      return generator.subset(size: size, of: tokens.count).players.map { tokens[$0] }
    }
    return try measure(request, absent: absent)
  }

  /// The same for given sets of tokens, as indices of pieces.
  package func measure(_ request: MeasureRequest, absent: [[Int]]) throws -> MeasureResult {
    let tokens = request.request.encoding.tokens
    let replacement = try request.request.replacement.token(
      roles: request.request.model.tokenizer.roles)
    let values = try request.request.values(rows: absent.count + 1, tokens: tokens.count) { row in
      guard row > 0 else { return tokens }
      let absent = Set(absent[row - 1])
      return tokens.indices.compactMap { index in
        absent.contains(index)
          ? replacement.map(tokens[index].replaced) : tokens[index]
      }
    }
    let losses = values.dropFirst().map { values[0] - $0 }
    let sums = absent.map { $0.reduce(0.0) { $0 + Double(request.attribution.scores[$1]) } }
    let products = zip(sums, losses).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    let factor = squares > 0 ? products / squares : 0
    let count = Double(losses.count)
    let infidelity = zip(sums, losses).reduce(0) { sum, pair in
      let difference = factor * pair.0 - pair.1
      return sum + difference * difference
    }
    let total = losses.reduce(0) { $0 + $1 * $1 }
    return MeasureResult(
      infidelity / count,
      details: [
        "share": .number(Float(total > 0 ? infidelity / total : 0)),
        "factor": .number(Float(factor)), "samples": .whole(absent.count),
      ], evaluations: values.count)
  }

  public func expectedPasses(for request: MeasureRequest) -> Int { Self.samples + 1 }
}
