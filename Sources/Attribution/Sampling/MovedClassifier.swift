package import Classifiers
internal import Tensors
package import Tokenizers

/// The same classifier, for which the embeddings of one text lie a little beside where they are.
struct MovedClassifier<Base: DifferentiableClassifier>: DifferentiableClassifier {
  let base: Base
  /// `[T, D]`.
  let noise: [Float]
  let tokens: [Token]

  var classes: [String] { base.classes }
  var link: OutputLink { base.link }
  var thresholds: [Float] { base.thresholds }
  func rowsPerCall(tokens: Int) -> Int { base.rowsPerCall(tokens: tokens) }

  /// A token that stands where it does in the text is moved as it is there; what replaces it is not.
  func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    moved(try base.embeddings(for: batch), of: batch)
  }

  func embeddings(for variants: [[Token]], variantsOf tokens: [Token]) throws -> TokenVectors {
    moved(try base.embeddings(for: variants, variantsOf: tokens), of: variants)
  }

  private func moved(_ vectors: TokenVectors, of batch: [[Token]]) -> TokenVectors {
    var vectors = vectors
    let width = vectors.width
    for (row, rowIDs) in batch.enumerated() where rowIDs.count == tokens.count {
      for token in tokens.indices where rowIDs[token] == tokens[token] {
        let start = vectors.range(row: row, token: token).lowerBound
        for column in 0..<width { vectors.values[start + column] += noise[token * width + column] }
      }
    }
    return vectors
  }

  func logits(for batch: [[Token]]) throws -> Matrix {
    try base.logits(from: embeddings(for: batch))
  }

  func variants(of tokens: [Token]) -> any TextVariants {
    MovedVariants(classifier: self, tokens: tokens)
  }

  func logits(from embeddings: TokenVectors) throws -> Matrix {
    try base.logits(from: embeddings)
  }

  func gradient(of targets: [Target], at embeddings: TokenVectors) throws -> ScoreGradient {
    try base.gradient(of: targets, at: embeddings)
  }
}

private struct MovedVariants<Base: DifferentiableClassifier>: TextVariants {
  let classifier: MovedClassifier<Base>
  let tokens: [Token]

  func logits(for batch: [[Token]]) throws -> Matrix {
    try classifier.base.logits(from: classifier.embeddings(for: batch, variantsOf: tokens))
  }

  func moved(to tokens: [Token]) -> any TextVariants { classifier.variants(of: tokens) }
}

extension DifferentiableClassifier {
  package func moved(by noise: [Float], at tokens: [Token]) -> any Classifier {
    MovedClassifier(base: self, noise: noise, tokens: tokens)
  }
}

// What the base can, the moved one can.
extension MovedClassifier: RecurrentClassifier where Base: RecurrentClassifier {
  func recurrentActivations(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> RecurrentActivations {
    try base.recurrentActivations(of: targets, at: embeddings)
  }

  func unwindowedGradient(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try base.unwindowedGradient(of: targets, at: embeddings)
  }
}

extension MovedClassifier: ContrastiveClassifier where Base: ContrastiveClassifier {
  func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreMultipliers {
    try base.multipliers(of: targets, at: embeddings, from: baselines)
  }
}

extension MovedClassifier: RelevanceClassifier where Base: RelevanceClassifier {
  func relevance(of targets: [Target], at embeddings: TokenVectors) throws -> ScoreGradient {
    try base.relevance(of: targets, at: embeddings)
  }
}

extension MovedClassifier: LayeredClassifier where Base: LayeredClassifier {
  var layerNames: [String] { base.layerNames }
  var layerBytesPerToken: Int { base.layerBytesPerToken }

  func layerActivations(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> LayerActivations {
    try base.layerActivations(of: targets, at: embeddings)
  }
}

extension MovedClassifier: DecomposableClassifier where Base: DecomposableClassifier {
  func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) throws -> Decomposition {
    try base.contextualDecomposition(of: phrases, at: embeddings)
  }
}

extension MovedClassifier: AttentiveClassifier where Base: AttentiveClassifier {
  func attentionMaps(of target: Target, at embeddings: TokenVectors) throws -> AttentionMaps {
    try base.attentionMaps(of: target, at: embeddings)
  }

  func readToken(of embeddings: TokenVectors) -> Int { base.readToken(of: embeddings) }

  // Asked by tokens, these two see the text where it is.
  func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix {
    try base.logits(for: batch, zeroingValuesOf: tokens)
  }

  func valueZeroing(for tokens: [Token]) throws -> [Float] { try base.valueZeroing(for: tokens) }
}
