public import Tensors

/// A classifier whose layers give one vector a token each.
public protocol LayeredClassifier: DifferentiableClassifier {
  /// From the first to the last; never empty.
  var layerNames: [String] { get }
  /// About how many bytes `layerActivations` holds for each token of a row, its result included.
  var layerBytesPerToken: Int { get }
  /// The outputs of all layers and the targets' gradient there, in one forward and backward pass.
  func layerActivations(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> LayerActivations
}

public struct LayerActivations: Sendable {
  /// One layer's outputs and the gradient there, `[B, T, D]` each.
  public struct Layer: Sendable {
    public var outputs: TokenVectors
    public var gradient: TokenVectors

    public init(outputs: TokenVectors, gradient: TokenVectors) {
      self.outputs = outputs
      self.gradient = gradient
    }
  }

  /// `[B, C]`.
  public var logits: Matrix
  /// In the order of `layerNames`.
  public var layers: [Layer]

  public init(logits: Matrix, layers: [Layer]) {
    self.logits = logits
    self.layers = layers
  }
}
