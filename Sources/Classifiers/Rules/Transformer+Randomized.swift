import Tensors

extension Transformer: RandomizableClassifier {
  public var randomizableLayers: [String] {
    ["head"] + layerNames.reversed() + ["embedding"]
  }

  /// Matrices and their biases are drawn anew; normalisations, positions and DeBERTa's tables of
  /// distances stay. A layer that a family uses several times is forgotten each time for itself.
  public func randomizingLayers(first count: Int, seed: UInt64) throws -> any Classifier {
    var numbers = UniformNumbers(seed: seed)
    let depth = min(max(count, 0), randomizableLayers.count)
    let head = depth > 0 ? self.head.randomized(by: &numbers) : self.head
    var layers = self.layers
    for (place, layer) in layers.indices.reversed().enumerated() where place + 1 < depth {
      layers[layer] = try layers[layer].randomized(by: &numbers)
    }
    var embedding = self.embedding
    if depth == randomizableLayers.count { embedding = embedding.randomized(by: &numbers) }
    var copy = Transformer(
      classes: classes, link: link, embedding: embedding, layers: layers,
      convolution: convolution, finalNorm: finalNorm, head: head)
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

extension TransformerLayer {
  fileprivate func randomized(by numbers: inout UniformNumbers) throws -> TransformerLayer {
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

extension ClassificationHead {
  fileprivate func randomized(by numbers: inout UniformNumbers) -> ClassificationHead {
    ClassificationHead(
      pooling: pooling, dense: dense.randomized(by: &numbers), activation: activation, norm: norm,
      output: output.randomized(by: &numbers))
  }
}

extension TextEmbedding {
  fileprivate func randomized(by numbers: inout UniformNumbers) -> TextEmbedding {
    TextEmbedding(
      words: Embedding(weight: numbers.redrawn(words.weight)), positions: positions, type: type,
      firstPosition: firstPosition, uncounted: uncounted, norm: norm, projection: projection,
      projectsFirst: projectsFirst)
  }
}
