import Checkpoints
import Tensors

// The heads that several families share, with their weights.
extension ClassificationHead {
  /// A dense layer with an activation, and an output layer.
  /// - Parameter width: the width of the encoder's vectors, and of the dense layer's outputs.
  /// - Throws: `CheckpointError`, like all functions below.
  init(
    pooling: Pooling = .first, dense: ModuleWeights, activation: Activation,
    output: ModuleWeights, width: Int, classes: Int
  ) throws {
    self.init(
      pooling: pooling, dense: try dense.linear(inputs: width, outputs: width),
      activation: activation, output: try output.linear(inputs: width, outputs: classes))
  }

  /// RoBERTa's head: `dense` and `out_proj`.
  /// - Parameter weights: the weights of the head's module.
  static func projected(
    _ weights: ModuleWeights, activation: Activation = .tanh, width: Int, classes: Int
  ) throws -> ClassificationHead {
    try ClassificationHead(
      dense: weights["dense"], activation: activation, output: weights["out_proj"], width: width,
      classes: classes)
  }

  /// A decoder's head: a layer without bias on the last token that is not padding.
  /// - Parameter weights: the weights of the whole model.
  static func score(
    _ weights: ModuleWeights, width: Int, classes: Int
  ) throws -> ClassificationHead {
    ClassificationHead(
      pooling: .last,
      output: try weights["score"].linear(inputs: width, outputs: classes, hasBias: false))
  }
}
