import Tensors

extension Transformer {
  public var randomizableLayers: [String] { ["head"] + layerNames.reversed() + ["embedding"] }

  /// Matrices and their biases are randomised; normalisations, positions and DeBERTa's relative
  /// positions are kept. A layer that a family uses several times is randomised separately for each
  /// use.
  public func randomizingLayers(first count: Int, seed: UInt64) throws -> Transformer {
    var parts = RandomizableParts(words: embedding, layers: layers, head: head)
    try parts.randomize(first: count, seed: seed)
    var copy = self
    (copy.embedding, copy.layers, copy.head) = (parts.words, parts.layers, parts.head)
    return copy
  }
}

extension Dense: Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> Dense {
    try Dense(
      numbers.randomized(weight.unpacked().transposed), bias: bias.map { numbers.randomized($0) })
  }
}

extension Linear {
  fileprivate func randomized(by numbers: inout UniformNumbers) -> Linear {
    Linear(weight: numbers.randomized(weight), bias: bias.map { numbers.randomized($0) })
  }
}

extension SelfAttention: Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> SelfAttention {
    var copy = self
    copy.projection = try projection.randomized(by: &numbers)
    copy.output = try output.randomized(by: &numbers)
    return copy
  }
}

extension FeedForward: Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> FeedForward {
    var copy = self
    copy.inner = try inner.randomized(by: &numbers)
    copy.outer = try outer.randomized(by: &numbers)
    return copy
  }
}

extension TransformerLayer: Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> TransformerLayer {
    var copy = self
    copy.attention = try attention.randomized(by: &numbers)
    copy.feedForward = try feedForward.randomized(by: &numbers)
    return copy
  }
}

extension ClassificationHead: Randomizable {
  func randomized(by numbers: inout UniformNumbers) -> ClassificationHead {
    var copy = self
    copy.dense = dense?.randomized(by: &numbers)
    copy.output = output.randomized(by: &numbers)
    return copy
  }
}

extension TextEmbedding: Randomizable {
  func randomized(by numbers: inout UniformNumbers) -> TextEmbedding {
    var copy = self
    copy.words = words.randomized(by: &numbers)
    return copy
  }
}
