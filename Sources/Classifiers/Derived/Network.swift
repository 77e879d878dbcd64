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
  /// How many threads a pass may use. Results are the same for any number.
  var workers: Workers { get set }
  /// The most bytes that a pass keeps for the backward pass.
  var traceBudget: Int { get set }
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
  /// What gives the outputs `[rows, C]` of some rows of a batch, with what these have in common computed
  /// beforehand; by default nothing is.
  func reader(of batch: [[Token]]) throws -> RowReader
}

extension LayerwiseNetwork {
  typealias RowReader = @Sendable (Self, Range<Int>) throws -> Matrix
}

protocol NetworkPass: Sendable {
  /// The network's outputs, `[rows, C]`.
  var logits: Matrix { get }
}

extension LayerwiseNetwork {
  /// Computed exactly as the model does for these tokens: in a family that numbers positions by
  /// ids, padding in a variant moves the positions of the tokens after it.
  public func logits(for batch: [[Token]]) throws -> Matrix {
    let read = try reader(of: batch)
    return try joined(perGroup(batch.map(\.count), tokens: Self.tokensPerPass, read))
  }

  func reader(of batch: [[Token]]) throws -> RowReader { plainReader(of: batch) }

  /// Reads each row for itself.
  func plainReader(of batch: [[Token]]) -> RowReader {
    { network, rows in
      try network.forward(
        network.embeddings(for: Array(batch[rows])), rows: 0..<rows.count, keeping: nil
      ).logits
    }
  }

  public func rowsPerCall(tokens: Int) -> Int {
    let (bytes, overflow) = max(1, tokens).multipliedReportingOverflow(
      by: max(1, traceBytesPerToken))
    return overflow ? 1 : min(64, max(1, traceBudget / bytes))
  }

  public func logits(from embeddings: TokenVectors) throws -> Matrix {
    try validate(embeddings)
    return try joined(
      perGroup(embeddings.lengths, tokens: Self.tokensPerPass) { network, rows in
        try network.forward(embeddings, rows: rows, keeping: nil).logits
      })
  }

  public func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try validate(embeddings, targets)
    let (gradient, parts) = try backward(rule, at: embeddings) { rows, text, baseline in
      guard let baseline else { return dLogits(of: targets[rows], logits: text) }
      return Array(targets[rows]).chords(from: baseline, to: text, link: link)
    }
    let logits = joined(parts.map(\.logits))
    return ScoreGradient(
      logits: logits, scores: scores(of: targets, logits: logits), gradient: gradient,
      baselineLogits: rule.baselines == nil ? nil : joined(parts.compactMap(\.baselineLogits)))
  }

  func backward(
    _ rule: PropagationRule, weighing weights: Matrix, at embeddings: TokenVectors
  ) throws -> TokenVectors {
    try validate(embeddings)
    return try backward(rule, at: embeddings) { rows, _, _ in weights[rows: rows] }.gradient
  }

  /// - Parameter weights: returns the gradient at the outputs of some rows, given those and, if the
  ///   rule has baselines, theirs.
  private func backward(
    _ rule: PropagationRule, at embeddings: TokenVectors,
    weights: @Sendable (Range<Int>, Matrix, Matrix?) -> Matrix
  ) throws -> (gradient: TokenVectors, parts: [BackwardPart]) {
    let baselines = try rule.baselines.map { try validated($0, like: embeddings) }
    let traces = baselines == nil ? 1 : 2
    let most = min(
      max(1, traceBudget / traces / max(1, traceBytesPerToken)), Self.tokensPerPass)
    let parts = try perGroup(embeddings.lengths, tokens: most) { network, rows in
      let budget = network.traceBudget / traces
      let pass = try network.forward(embeddings, rows: rows, keeping: budget)
      let baseline = try baselines.map {
        try network.forward($0, rows: rows, keeping: budget)
      }
      let (logits, baselineLogits) = (pass.logits, baseline?.logits)
      return BackwardPart(
        rows: rows, logits: logits, baselineLogits: baselineLogits,
        gradient: try network.backward(
          weights(rows, logits, baselineLogits), pass: pass,
          rule: baseline.map { LayerRule.chords(from: $0) } ?? rule.withoutBaseline()))
    }
    var gradient = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    for part in parts {
      gradient.replace(
        part.rows, with: part.gradient,
        texts: TextSpans(lengths: Array(embeddings.lengths[part.rows])))
    }
    return (gradient, parts)
  }

  /// What `body` makes of the rows of a batch, group by group and in their order.
  ///
  /// Where there are groups for all cores, each goes through all layers on one core, so that what one
  /// layer hands to the next stays in that core's own cache, and no core waits for another between two
  /// products. The rows that are left, of too few groups for all cores, go through the layers with all
  /// cores, as many at a time as one pass may have.
  /// - Parameters:
  ///   - limit: tokens that one pass may have, in whole texts.
  ///   - body: is given the network, with the threads and the room for traces that are its own.
  func perGroup<Result: Sendable>(
    _ lengths: [Int], tokens limit: Int, _ body: @Sendable (Self, Range<Int>) throws -> Result
  ) throws -> [Result] {
    let small = groupsOfCores(lengths, tokens: min(Self.tokensPerCore, limit / workers.count))
    let onOne = small.count / workers.count * workers.count
    var results = try workers.map(
      onOne,
      onOne: { index, workers in
        try workers.checkCancellation()
        var network = self
        network.traceBudget /= self.workers.count
        network.workers = workers
        return try body(network, small[index])
      })
    let rest = onOne < small.count ? small[onOne].lowerBound : small.last?.upperBound ?? 0
    for rows in groups(lengths[rest...], tokens: limit) { results.append(try body(self, rows)) }
    return results
  }

  /// Groups of nearly equal size: about `tokens` tokens each, or fewer if there would be fewer groups than cores.
  private func groupsOfCores(_ lengths: [Int], tokens: Int) -> [Range<Int>] {
    let all = lengths.reduce(0, +)
    guard all > 0 else { return [] }
    let rounds = (all + workers.count * max(1, tokens) - 1) / (workers.count * max(1, tokens))
    let count = min(lengths.count, rounds * workers.count)
    var starts: [Int] = []
    var (number, before) = (-1, 0)
    for (row, length) in lengths.enumerated() {
      // Where the middle of the text falls if all tokens are cut evenly.
      let next = count * (2 * before + length) / (2 * all + 1)
      if next > number { starts.append(row) }
      (number, before) = (next, before + length)
    }
    return zip(starts, starts.dropFirst() + [lengths.count]).map { $0..<$1 }
  }

  /// Tokens that a core takes through all layers at a time. The weights are read from beyond its own cache
  /// once for all of them. Measured with BERT-base and MiniLM: fewer than 192 are 3 to 7 % slower, 384
  /// save 2 % with gradients, and more do not gain anything.
  private static var tokensPerCore: Int { 384 }

  /// How many tokens, in whole texts, one pass processes at a time.
  static var tokensPerPass: Int { 2048 }

  /// Groups rows of a batch by this number of tokens, with at least one row each.
  private func groups(_ lengths: ArraySlice<Int>, tokens limit: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = lengths.startIndex
    var tokens = 0
    for (row, length) in zip(lengths.indices, lengths) {
      if row > start, tokens + length > limit {
        groups.append(start..<row)
        start = row
        tokens = 0
      }
      tokens += length
    }
    if start < lengths.endIndex { groups.append(start..<lengths.endIndex) }
    return groups
  }

  func validate(_ embeddings: TokenVectors, _ targets: [Target]? = nil) throws {
    try validate(embeddings, targets, width: embeddingWidth)
  }
}

/// What some rows of a batch gave on their way to the outputs and back.
private struct BackwardPart: Sendable {
  let rows: Range<Int>
  let logits: Matrix
  let baselineLogits: Matrix?
  /// At the words' embeddings, `[N, E]`.
  let gradient: [Float]
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
