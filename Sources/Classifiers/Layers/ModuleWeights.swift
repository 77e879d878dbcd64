import Checkpoints
import Tensors

/// The weights of one module of a model, by the names that PyTorch gives them.
struct ModuleWeights: Sendable {
  private let tensors: NamedTensors
  private let path: String

  init(_ tensors: NamedTensors, path: String = "") {
    self.tensors = tensors
    self.path = path
  }

  /// A module within: `encoder.layer.0`.
  subscript(_ name: String) -> ModuleWeights {
    ModuleWeights(tensors, path: path.isEmpty ? name : "\(path).\(name)")
  }

  /// `[rows, columns]`.
  /// - Throws: `CheckpointError`, as all below.
  func table(rows: Int, columns: Int) throws -> Matrix {
    try tensors.matrix("\(path).weight", rows: rows, columns: columns)
  }

  func vector(_ name: String, count: Int) throws -> [Float] {
    try tensors.vector("\(path).\(name)", count: count)
  }

  /// `[a, b, c]`, row-major.
  func values(_ name: String, shape: [Int]) throws -> [Float] {
    try tensors.values("\(path).\(name)", shape: shape)
  }

  /// A linear layer for the rows of an encoder.
  /// - Throws: also `TensorError.packingFailed`.
  func dense(inputs: Int, outputs: Int, hasBias: Bool = true) throws -> Dense {
    try Dense(
      try table(rows: outputs, columns: inputs),
      bias: hasBias ? try vector("bias", count: outputs) : nil)
  }

  /// Several linear layers with the same input, their outputs side by side.
  /// - Throws: also `TensorError.packingFailed`.
  func dense(joining names: [String], inputs: Int, outputs: Int) throws -> Dense {
    var elements: [Float] = []
    var bias: [Float] = []
    elements.reserveCapacity(names.count * inputs * outputs)
    for name in names {
      elements += try self[name].table(rows: outputs, columns: inputs).elements
      bias += try self[name].vector("bias", count: outputs)
    }
    return try Dense(
      Matrix(rows: names.count * outputs, columns: inputs, elements: elements), bias: bias)
  }

  /// A linear layer for a text's one vector.
  func linear(inputs: Int, outputs: Int, hasBias: Bool = true) throws -> Linear {
    Linear(
      weight: try table(rows: outputs, columns: inputs),
      bias: hasBias ? try vector("bias", count: outputs) : nil)
  }

  func norm(width: Int, epsilon: Double, hasBias: Bool = true) throws -> LayerNorm {
    LayerNorm(
      weight: try vector("weight", count: width),
      bias: hasBias ? try vector("bias", count: width) : [Float](repeating: 0, count: width),
      epsilon: Float(epsilon))
  }
}
