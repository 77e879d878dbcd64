public import Classifiers
public import Tensors
public import Tokenizers

// A peer's fixtures have ids; a text by itself has one token type.

/// Tokens of the first type.
public func tokens(_ ids: [Int]) -> [Token] { ids.map { Token(id: $0) } }

extension Classifier {
  public func logits(for batch: [[Int]]) throws -> Matrix { try logits(for: batch.map(tokens)) }

  public func variants(of ids: [Int]) throws -> any TextVariants { try variants(of: tokens(ids)) }
}

extension TextVariants {
  public func logits(for batch: [[Int]]) throws -> Matrix { try logits(for: batch.map(tokens)) }

  public func moved(to ids: [Int]) throws -> any TextVariants { try moved(to: tokens(ids)) }
}

extension DifferentiableClassifier {
  public func embeddings(for batch: [[Int]]) throws -> TokenVectors {
    try embeddings(for: batch.map(tokens))
  }

  public func embeddings(for variants: [[Int]], variantsOf ids: [Int]) throws -> TokenVectors {
    try embeddings(for: variants.map(tokens), variantsOf: tokens(ids))
  }
}

extension IntervenableClassifier {
  public func logits(for batch: [[Int]], zeroingValuesOf places: [Int]) throws -> Matrix {
    try logits(for: batch.map(tokens), zeroingValuesOf: places)
  }

  public func valueZeroing(for ids: [Int]) throws -> [Float] {
    try valueZeroing(for: tokens(ids))
  }
}
