import Tensors
import Tokenizers

/// A network that is differentiable for any weighting of its outputs, so that other classifiers can
/// be derived from it.
protocol Network: IntervenableClassifier {
  /// The number of rows of the embedding matrix.
  var vocabularySize: Int { get }
  /// `sum of weight * d output / d embedding`, `[B, T, D]`; for chords, the weights are multipliers
  /// at the outputs.
  /// - Parameter weights: one for each output, `[B, C]`.
  func backward(
    _ rule: PropagationRule, weighing weights: Matrix, at embeddings: TokenVectors
  ) throws -> TokenVectors
}

/// A network that runs layer by layer on some rows of a batch. It provides the forward and backward
/// pass; everything else that a network needs follows from these.
protocol LayerwiseNetwork: Network {
  /// The forward pass of some rows, and what the backward pass needs of it.
  associatedtype Pass: NetworkPass
  /// The width of a token's embedding.
  var embeddingWidth: Int { get }
  /// The most bytes that a pass keeps for the backward pass.
  var traceBudget: Int { get }
  /// How many bytes a pass keeps per token in all layers.
  var traceBytesPerToken: Int { get }
  /// - Parameter budget: the most bytes of traces; nil keeps nothing for a backward pass.
  /// - Throws: `CancellationError`, `TensorError.productFailed`, `ClassifierError`.
  func forward(
    _ embeddings: TokenVectors, rows: Range<Int>, keeping budget: Int?
  ) throws -> Pass
  /// The gradient at the word embeddings, `[N, E]`, from that at the outputs.
  /// - Throws: `CancellationError`, `TensorError`.
  func backward(
    _ dOutputs: Matrix, pass: consuming Pass, rule: consuming LayerRule<Pass>
  ) throws -> [Float]
}

protocol NetworkPass: Sendable {
  /// The network's outputs, `[rows, C]`.
  var logits: Matrix { get }
}

extension LayerwiseNetwork {
  /// Computed exactly as the model does for these tokens: in a family that numbers positions by
  /// ids, padding in a variant moves the positions of the tokens after it.
  public func logits(for batch: [[Token]]) throws -> Matrix {
    try logits(from: embeddings(for: batch))
  }

  public func rowsPerCall(tokens: Int) -> Int {
    let (bytes, overflow) = max(1, tokens).multipliedReportingOverflow(
      by: max(1, traceBytesPerToken))
    return overflow ? 1 : min(64, max(1, traceBudget / bytes))
  }

  public func logits(from embeddings: TokenVectors) throws -> Matrix {
    try validate(embeddings)
    return try joined(
      groups(embeddings.lengths, tokens: Self.tokensPerPass).map { rows in
        try forward(embeddings, rows: rows, keeping: nil).logits
      })
  }

  public func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try validate(embeddings, targets)
    var logits: [Matrix] = []
    var baselineLogits: [Matrix] = []
    let gradient = try backward(rule, at: embeddings) { rows, text, baseline in
      logits.append(text)
      guard let baseline else { return dLogits(of: targets[rows], logits: text) }
      baselineLogits.append(baseline)
      return Array(targets[rows]).chords(from: baseline, to: text, link: link)
    }
    let all = joined(logits)
    return ScoreGradient(
      logits: all, scores: scores(of: targets, logits: all), gradient: gradient,
      baselineLogits: rule.baselines == nil ? nil : joined(baselineLogits))
  }

  func backward(
    _ rule: PropagationRule, weighing weights: Matrix, at embeddings: TokenVectors
  ) throws -> TokenVectors {
    try validate(embeddings)
    return try backward(rule, at: embeddings) { rows, _, _ in weights[rows: rows] }
  }

  /// - Parameter weights: returns the gradient at the outputs of some rows, given those and, if the
  ///   rule has baselines, theirs.
  private func backward(
    _ rule: PropagationRule, at embeddings: TokenVectors,
    weights: (Range<Int>, Matrix, Matrix?) -> Matrix
  ) throws -> TokenVectors {
    let baselines = try rule.baselines.map { try validated($0, like: embeddings) }
    let budget = baselines == nil ? traceBudget : traceBudget / 2
    let most = min(max(1, budget / max(1, traceBytesPerToken)), Self.tokensPerPass)
    var gradient = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    for rows in groups(embeddings.lengths, tokens: most) {
      let pass = try forward(embeddings, rows: rows, keeping: budget)
      let baseline = try baselines.map { try forward($0, rows: rows, keeping: budget) }
      let weights = weights(rows, pass.logits, baseline?.logits)
      gradient.replace(
        rows,
        with: try backward(
          weights, pass: pass,
          rule: baseline.map { LayerRule.chords(from: $0) } ?? rule.withoutBaseline()),
        texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return gradient
  }

  /// How many tokens, in whole texts, one pass processes at a time.
  static var tokensPerPass: Int { 2048 }

  /// Groups rows of a batch by this number of tokens, with at least one row each.
  func groups(_ lengths: [Int], tokens limit: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for (row, length) in lengths.enumerated() {
      if row > start, tokens + length > limit {
        groups.append(start..<row)
        start = row
        tokens = 0
      }
      tokens += length
    }
    if start < lengths.count { groups.append(start..<lengths.count) }
    return groups
  }

  func validate(_ embeddings: TokenVectors, _ targets: [Target]? = nil) throws {
    try validate(embeddings, targets, width: embeddingWidth)
  }
}

extension PropagationRule {
  var baselines: TokenVectors? {
    guard case .chords(let baselines) = self else { return nil }
    return baselines
  }

  /// For layers that go back without a baseline.
  func withoutBaseline<Kept>() -> LayerRule<Kept> {
    guard case .relevance = self else { return .derivative }
    return .relevance
  }
}

extension Matrix {
  /// Some rows.
  subscript(rows rows: Range<Int>) -> Matrix {
    Matrix(
      rows: rows.count, columns: columns,
      elements: Array(elements[rows.lowerBound * columns..<rows.upperBound * columns]))
  }
}
