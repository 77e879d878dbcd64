import Tensors

extension Transformer: RandomizableClassifier {
  /// Matrices and their biases are drawn anew; normalisations, positions and DeBERTa's tables of
  /// distances stay. A layer that a family uses several times is forgotten each time for itself.
  public func randomizingLayers(first count: Int, seed: UInt64) throws -> any Classifier {
    var parts = RedrawableParts(words: embedding, layers: layers, head: head)
    try parts.randomize(first: count, seed: seed)
    var copy = Transformer(
      classes: classes, link: link, embedding: parts.words, layers: parts.layers,
      convolution: convolution, finalNorm: finalNorm, head: parts.head)
    copy.workers = workers
    copy.traceBudget = traceBudget
    return copy
  }
}

extension Dense {
  fileprivate func randomized(by numbers: inout UniformNumbers) throws -> Dense {
    try Dense(
      numbers.redrawn(try weight.unpacked().transposed), bias: bias.map { numbers.redrawn($0) })
  }
}

extension Linear {
  fileprivate func randomized(by numbers: inout UniformNumbers) -> Linear {
    Linear(weight: numbers.redrawn(weight), bias: bias.map { numbers.redrawn($0) })
  }
}

extension TransformerLayer: Redrawable {
  func randomized(by numbers: inout UniformNumbers) throws -> TransformerLayer {
    TransformerLayer(
      attention: SelfAttention(
        projection: try attention.projection.randomized(by: &numbers),
        output: try attention.output.randomized(by: &numbers), core: attention.core,
        rotation: attention.rotation),
      attentionNorm: attentionNorm,
      feedForward: FeedForward(
        inner: try feedForward.inner.randomized(by: &numbers),
        outer: try feedForward.outer.randomized(by: &numbers),
        activation: feedForward.activation, isGated: feedForward.isGated),
      outputNorm: outputNorm, order: order)
  }
}

extension ClassificationHead: Redrawable {
  func randomized(by numbers: inout UniformNumbers) -> ClassificationHead {
    ClassificationHead(
      pooling: pooling, dense: dense.randomized(by: &numbers), activation: activation, norm: norm,
      output: output.randomized(by: &numbers))
  }
}

extension TextEmbedding: Redrawable {
  func randomized(by numbers: inout UniformNumbers) -> TextEmbedding {
    TextEmbedding(
      words: words.randomized(by: &numbers), positions: positions, type: type,
      firstPosition: firstPosition, uncounted: uncounted, norm: norm, projection: projection,
      projectsFirst: projectsFirst)
  }
}
