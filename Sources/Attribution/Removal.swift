public import Classifiers
internal import Tensors
public import Tokenizers

/// What a model says when tokens are really removed from a text: deleted, not replaced.
public struct Removal: Sendable, Equatable {
  /// Which tokens were removed, as indices into the encoding's pieces, ascending.
  public var removed: [Int]
  public var logits: [Float]
  public var probabilities: [Float]
}

extension Model {
  /// The predictions for a text without each of these sets of tokens, in batches, in their order.
  ///
  /// Tokens are taken out of the row as it was encoded; the rest is not tokenized anew. Indices
  /// outside the text are passed over.
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
