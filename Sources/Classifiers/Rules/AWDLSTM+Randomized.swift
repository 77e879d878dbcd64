import Checkpoints
import Tensors

extension AWDLSTM {
  public var randomizableLayers: [String] { ["head"] + layerNames.reversed() + ["embedding"] }

  public func randomizingLayers(first count: Int, seed: UInt64) throws -> AWDLSTM {
    var parts = RandomizableParts(words: embedding, layers: layers, head: head)
    try parts.randomize(first: count, seed: seed)
    return AWDLSTM(self, embedding: parts.words, layers: parts.layers, head: parts.head)
  }
}

extension AWDLSTM {
  /// The same settings with other weights of the same shapes.
  private init(_ other: AWDLSTM, embedding: Embedding, layers: [LSTM], head: PoolingHead) {
    configuration = other.configuration
    classes = other.classes
    link = other.link
    thresholds = other.thresholds
    workers = other.workers
    traceBudget = other.traceBudget
    self.embedding = embedding
    self.layers = layers
    self.head = head
  }
}

extension Embedding: Randomizable {
  func randomized(by numbers: inout UniformNumbers) -> Embedding {
    Embedding(weight: numbers.randomized(weight.expanded))
  }
}

extension LSTM: Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> LSTM {
    LSTM(
      directions: try directions.map { direction in
        // The order of rows within a gate does not matter if all are drawn alike.
        let input = numbers.randomized(direction.input.unpacked().transposed)
        let recurrent = numbers.randomized(
          direction.recurrence.recurrentWeights.unpacked().transposed)
        return try Direction(
          input: input, recurrent: recurrent, bias: numbers.randomized(direction.bias),
          precision: direction.input.precision)
      })
  }
}

extension PoolingHead: Randomizable {
  func randomized(by numbers: inout UniformNumbers) -> PoolingHead {
    PoolingHead(
      layers: layers.map { layer in
        guard case .linear(let linear) = layer else { return layer }
        return .linear(
          Linear(
            weight: numbers.randomized(linear.weight),
            bias: linear.bias.map { numbers.randomized($0) }))
      }, classCount: classCount)
  }

  private init(layers: [Layer], classCount: Int) {
    self.layers = layers
    self.classCount = classCount
  }
}
