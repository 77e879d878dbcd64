public import Classifiers
internal import Tensors
public import Tokenizers

/// The model's output when tokens are deleted from a text rather than replaced.
public struct Removal: Sendable, Equatable {
  /// The removed tokens, as ascending indices of the encoding's pieces.
  public var removed: [Int]
  public var logits: [Float]
  public var probabilities: [Float]
}

extension Model {
  /// The predictions for a text without each of these sets of tokens, in order, computed in
  /// batches.
  ///
  /// Tokens are deleted from the encoded row; the rest is not tokenized again. Indices outside the
  /// text are ignored.
  /// - Throws: `CancellationError` within one pass of the task's cancellation.
  public func removals(of sets: [[Int]], from encoding: Encoding) throws -> [Removal] {
    let request = ExplanationRequest(
      model: self, encoding: encoding, target: Target(classIndex: 0))
    let tokens = encoding.tokens
    let removed = sets.map { Set($0).filter(tokens.indices.contains).sorted() }
    var results: [Removal] = []
    results.reserveCapacity(sets.count)
    let variants = try request.pass { try classifier.variants(of: tokens) }
    try request.forEachCall(rows: removed.count, tokens: tokens.count) { call in
      let rows = removed[call].map { removed in
        let absent = Set(removed)
        return tokens.indices.filter { !absent.contains($0) }.map { tokens[$0] }
      }
      let logits = try variants.logits(for: rows)
      for (row, index) in call.enumerated() {
        let values = logits[row: row]
        results.append(
          Removal(
            removed: removed[index], logits: values,
            probabilities: Classifiers.probabilities(values, link: classifier.link)))
      }
    }
    return results
  }
}
