import Checkpoints
package import Tensors

extension HuggingFaceConfiguration {
  /// The activation that a setting names.
  /// - Throws: `CheckpointError`.
  func activation(_ key: String, default name: String) throws -> Activation {
    try require(key, oneOf: Activation.namesInTransformers.keys.sorted())
    return Activation.namesInTransformers[try string(key, default: name)] ?? .gelu
  }
}

extension Activation {
  /// The names of activations in transformers. `prelu` and `xielu` are left out, because they have
  /// weights of their own.
  package static let namesInTransformers: [String: Activation] = [
    "gelu": .gelu, "gelu_python": .gelu, "gelu_10": .clippedGELU,
    "gelu_new": .geluTanh, "gelu_fast": .geluTanh, "gelu_accurate": .geluTanh,
    "gelu_pytorch_tanh": .geluTanh, "gelu_python_tanh": .geluTanh, "quick_gelu": .quickGELU,
    "silu": .silu, "swish": .silu, "hardswish": .hardSwish, "mish": .mish,
    "relu": .relu, "relu2": .squaredReLU, "relu6": .relu6, "leaky_relu": .leakyReLU,
    "linear": .identity, "tanh": .tanh, "sigmoid": .sigmoid, "laplace": .laplace,
    "sqrtsoftplus": .rootSoftplus,
  ]
}
