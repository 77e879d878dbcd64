public import Tensors
public import Tokenizers

/// One vector per token of the vocabulary.
public struct Embedding: Sendable {
  /// `[V, D]`.
  public let weight: CompactMatrix

  public init(weight: Matrix) { self.init(weight: CompactMatrix(weight)) }

  public init(weight: CompactMatrix) {
    self.weight = weight
  }

  /// - Returns: `[B, T, D]`.
  /// - Throws: `ClassifierError.tokenOutOfVocabulary`.
  public func forward(_ batch: [[Token]]) throws -> TokenVectors {
    var vectors = TokenVectors(lengths: batch.map(\.count), width: weight.columns)
    for (row, tokens) in batch.enumerated() {
      for (token, id) in tokens.map(\.id).enumerated() {
        guard (0..<weight.rows).contains(id) else {
          throw ClassifierError.tokenOutOfVocabulary(id: id, vocabulary: weight.rows)
        }
        vectors.values.replaceSubrange(
          vectors.range(row: row, token: token),
          with: weight[row: id])
      }
    }
    return vectors
  }
}
