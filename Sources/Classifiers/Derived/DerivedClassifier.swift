public import Tensors
public import Tokenizers

/// A classifier whose output is computed from several passes of a network over parts of a text: one
/// for each of the user's labels, each window, or each text of a pair.
///
/// Its tokens are the text's; everything else that the network reads is constant. Gradients flow
/// through all passes.
public struct DerivedClassifier: Sendable {
  let base: any Network
  let derivation: any Derivation
  /// Constant texts, `[1, T, D]` each.
  let suffixes: [TokenVectors]

  public var classes: [String] { derivation.classes }
  public var link: OutputLink { derivation.link }

  /// How many tokens of readings are processed at a time.
  private static let tokensAtOnce = 8192

  /// The readings of all rows, in parts of bounded size that consist of whole rows.
  private func parts(
    of embeddings: TokenVectors
  ) throws -> [[(row: Int, reading: Reading)]] {
    var parts: [[(row: Int, reading: Reading)]] = []
    var part: [(row: Int, reading: Reading)] = []
    var tokens = 0
    for row in 0..<embeddings.batch {
      let readings = try derivation.readings(of: embeddings.parts(of: row))
      let count = readings.reduce(0) { $0 + $1.tokens.count }
      if !part.isEmpty, tokens + count > Self.tokensAtOnce {
        parts.append(part)
        (part, tokens) = ([], 0)
      }
      part += readings.map { (row: row, reading: $0) }
      tokens += count
    }
    return part.isEmpty ? parts : parts + [part]
  }

  /// The network's outputs for one row.
  private struct Answer {
    var outputs: Matrix
    var logits: [Float]
  }

  private func answers(
    _ part: [(row: Int, reading: Reading)], at embeddings: TokenVectors
  ) throws -> [Int: Answer] {
    try Task.checkCancellation()
    let outputs = try base.logits(from: embeddings.taking(part, suffixes: suffixes))
    return Self.rows(of: part).mapValues { range in
      let own = outputs[rows: range]
      return Answer(outputs: own, logits: derivation.logits(own))
    }
  }

  /// The range of each row's readings in a part.
  private static func rows(of part: [(row: Int, reading: Reading)]) -> [Int: Range<Int>] {
    var ranges: [Int: Range<Int>] = [:]
    for (index, item) in part.enumerated() {
      ranges[item.row] = (ranges[item.row]?.lowerBound ?? index)..<index + 1
    }
    return ranges
  }

  /// Goes back through the readings whose outputs have a weight.
  private func add(
    to gradient: inout TokenVectors, part: [(row: Int, reading: Reading)],
    weights: [Int: Matrix],
    _ back: ([(row: Int, reading: Reading)], Matrix) throws -> TokenVectors
  ) throws {
    var chosen: [(row: Int, reading: Reading)] = []
    var elements: [Float] = []
    for (row, range) in Self.rows(of: part).sorted(by: { $0.key < $1.key }) {
      guard let weights = weights[row] else { continue }
      for (index, place) in range.enumerated() {
        let own = weights[row: index]
        guard own.contains(where: { $0 != 0 }) else { continue }
        chosen.append(part[place])
        elements += own
      }
    }
    guard !chosen.isEmpty else { return }
    let columns = elements.count / chosen.count
    gradient.add(
      try back(chosen, Matrix(rows: chosen.count, columns: columns, elements: elements)),
      of: chosen)
  }
}

extension DerivedClassifier: Network {
  /// Gradients flow through all passes; the network's inner activations belong to one of them.
  public var traits: ClassifierTraits {
    var traits = base.traits
    traits.capabilities.formIntersection([
      .predictions, .gradients, .relevance, .multipliers, .randomisation,
    ])
    return traits
  }

  public func rowsPerCall(tokens: Int) -> Int {
    let readings = (try? derivation.readings(of: [Int](repeating: 0, count: tokens)))?.count ?? 1
    return max(1, base.rowsPerCall(tokens: tokens) / max(1, readings))
  }

  public func logits(for batch: [[Token]]) throws -> Matrix {
    try logits(from: embeddings(for: batch))
  }

  public func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try base.embeddings(for: batch)
    if batch.contains(where: { $0.contains { $0.part != 0 } }) {
      vectors.parts = batch.map { $0.map(\.part) }
    }
    return vectors
  }

  public func logits(from embeddings: TokenVectors) throws -> Matrix {
    var logits = Matrix(zeros: embeddings.batch, classes.count)
    for part in try parts(of: embeddings) {
      for (row, answer) in try answers(part, at: embeddings) {
        logits.replace(row: row, with: answer.logits)
      }
    }
    return logits
  }

  public func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try validate(embeddings, targets, width: embeddings.width)
    var logits = Matrix(zeros: embeddings.batch, classes.count)
    var baselineLogits = rule.baselines.map { _ in logits }
    let gradient = try backward(rule, at: embeddings) { row, text, baseline in
      logits.replace(row: row, with: text)
      guard let baseline else { return targets[row].gradient(logits: text, link: link) }
      baselineLogits?.replace(row: row, with: baseline)
      return targets[row].chord(from: baseline, to: text, link: link)
    }
    return ScoreGradient(
      logits: logits, scores: scores(of: targets, logits: logits), gradient: gradient,
      baselineLogits: baselineLogits)
  }

  var vocabularySize: Int { base.vocabularySize }

  func backward(
    _ rule: PropagationRule, weighing weights: Matrix, at embeddings: TokenVectors
  ) throws -> TokenVectors {
    try backward(rule, at: embeddings) { row, _, _ in weights[row: row] }
  }

  /// - Parameter weights: returns the gradient at a row's outputs, given those and, if the rule has
  ///   baselines, the baseline's.
  private func backward(
    _ rule: PropagationRule, at embeddings: TokenVectors,
    weights: (Int, [Float], [Float]?) -> [Float]
  ) throws -> TokenVectors {
    let baselines = try rule.baselines.map { try validated($0, like: embeddings) }
    var gradient = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    for part in try parts(of: embeddings) {
      let starts = try baselines.map { try answers(part, at: $0) }
      var outputWeights: [Int: Matrix] = [:]
      for (row, text) in try answers(part, at: embeddings) {
        let start = starts?[row]
        let own = weights(row, text.logits, start?.logits)
        outputWeights[row] =
          start.map { derivation.chords(own, from: $0.outputs, to: text.outputs) }
          ?? derivation.backward(own, outputs: text.outputs)
      }
      try add(to: &gradient, part: part, weights: outputWeights) { readings, weights in
        try base.backward(
          baselines.map { PropagationRule.chords(from: $0.taking(readings, suffixes: suffixes)) }
            ?? rule,
          weighing: weights, at: embeddings.taking(readings, suffixes: suffixes))
      }
    }
    return gradient
  }

  public var randomizableLayers: [String] { base.randomizableLayers }

  public func randomizingLayers(first count: Int, seed: UInt64) throws -> DerivedClassifier {
    DerivedClassifier(
      base: try base.randomizingLayers(first: count, seed: seed), derivation: derivation,
      suffixes: suffixes)
  }
}
