package import Classifiers
internal import Tensors
package import Tokenizers

/// The same classifier with noise added to the embeddings of one text. All other capabilities work
/// on embeddings and are unchanged.
struct PerturbedClassifier: InspectableClassifier, IntervenableClassifier {
  let base: any DifferentiableClassifier
  /// `[T, D]`.
  let noise: [Float]
  let tokens: [Token]

  var classes: [String] { base.classes }
  var link: OutputLink { base.link }
  var thresholds: [Float] { base.thresholds }
  var traits: ClassifierTraits { base.traits }
  func rowsPerCall(tokens: Int) -> Int { base.rowsPerCall(tokens: tokens) }
  func pooledSteps(tokens: Int) -> Range<Int> { base.pooledSteps(tokens: tokens) }

  /// A token in the same place as in the text gets the noise of that place; its replacements do
  /// not.
  func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    perturbed(try base.embeddings(for: batch), of: batch)
  }

  func embeddings(for variants: [[Token]], variantsOf tokens: [Token]) throws -> TokenVectors {
    perturbed(try base.embeddings(for: variants, variantsOf: tokens), of: variants)
  }

  private func perturbed(_ vectors: TokenVectors, of batch: [[Token]]) -> TokenVectors {
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
    PerturbedVariants(classifier: self, tokens: tokens)
  }

  func logits(from embeddings: TokenVectors) throws -> Matrix {
    try base.logits(from: embeddings)
  }

  func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try base.backward(rule, of: targets, at: embeddings)
  }

  func gradient(
    of target: Target, along line: EmbeddingLine, at points: [EmbeddingLine.Point]
  ) throws -> LineGradient {
    try base.gradient(of: target, along: line, at: points)
  }

  func integral(of target: Target, along line: EmbeddingLine) throws -> LineIntegral? {
    try base.integral(of: target, along: line)
  }
}

// Forwards the capabilities of the base.
extension PerturbedClassifier {
  var inspectable: (any InspectableClassifier)? { base.inspectable == nil ? nil : self }
  var intervenable: (any IntervenableClassifier)? { base.intervenable == nil ? nil : self }

  private func inspected(for capability: Capability) throws -> any InspectableClassifier {
    guard let base = base.inspectable else { throw ClassifierError.notCapable(capability) }
    return base
  }

  private func changed(for capability: Capability) throws -> any IntervenableClassifier {
    guard let base = base.intervenable else { throw ClassifierError.notCapable(capability) }
    return base
  }

  var layerNames: [String] { base.inspectable?.layerNames ?? [] }
  var layerBytesPerToken: Int { base.inspectable?.layerBytesPerToken ?? 0 }

  func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations {
    try inspected(for: .layers).activations(site, of: targets, at: embeddings)
  }

  func attentionMaps(of target: Target, at embeddings: TokenVectors) throws -> AttentionMaps {
    try inspected(for: .attention).attentionMaps(of: target, at: embeddings)
  }

  func readToken(of embeddings: TokenVectors) -> Int {
    base.inspectable?.readToken(of: embeddings) ?? 0
  }

  func poolingLedgers(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> [PoolingLedger] {
    try inspected(for: .pools).poolingLedgers(of: targets, at: embeddings)
  }

  // With tokens as input, these two read the text without noise.
  func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix {
    try changed(for: .valueZeroing).logits(for: batch, zeroingValuesOf: tokens)
  }

  func valueZeroing(for text: [Token]) throws -> [Float] {
    try changed(for: .valueZeroing).valueZeroing(for: text)
  }

  func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) throws -> Decomposition {
    try changed(for: .decomposition).contextualDecomposition(of: phrases, at: embeddings)
  }

  var randomizableLayers: [String] { base.intervenable?.randomizableLayers ?? [] }

  func randomizingLayers(first count: Int, seed: UInt64) throws -> PerturbedClassifier {
    PerturbedClassifier(
      base: try changed(for: .randomisation).randomizingLayers(first: count, seed: seed),
      noise: noise, tokens: tokens)
  }
}

private struct PerturbedVariants: TextVariants {
  let classifier: PerturbedClassifier
  let tokens: [Token]

  func logits(for batch: [[Token]]) throws -> Matrix {
    try classifier.base.logits(from: classifier.embeddings(for: batch, variantsOf: tokens))
  }

  func rowsPerCall(tokens: Int) -> Int { classifier.rowsPerCall(tokens: tokens) }

  func moved(to tokens: [Token]) throws -> any TextVariants { classifier.variants(of: tokens) }
}

extension DifferentiableClassifier {
  /// - Parameter noise: `[T, D]`, for the text with these tokens.
  package func perturbed(by noise: [Float], at tokens: [Token]) -> any Classifier {
    PerturbedClassifier(base: self, noise: noise, tokens: tokens)
  }
}
