import Checkpoints
import Synchronization
import Tensors

/// The weights of one module of a model, by the names that PyTorch gives them.
struct ModuleWeights: Sendable {
  private let tensors: NamedTensors
  private let path: String
  /// Where shapes alone are compared and nothing is read.
  private let survey: ShapeSurvey?

  init(_ tensors: NamedTensors, path: String = "", survey: ShapeSurvey? = nil) {
    self.tensors = tensors
    self.path = path
    self.survey = survey
  }

  /// False in a survey: all numbers are missing then, and nothing can be computed of them.
  var hasNumbers: Bool { survey == nil }

  /// A module within: `encoder.layer.0`.
  subscript(_ name: String) -> ModuleWeights {
    ModuleWeights(tensors, path: path.isEmpty ? name : "\(path).\(name)", survey: survey)
  }

  /// `[rows, columns]`; in a survey a matrix without a row.
  /// - Throws: `CheckpointError`, as all below.
  func table(rows: Int, columns: Int) throws -> Matrix {
    let values = try values("weight", shape: [rows, columns])
    return Matrix(rows: values.isEmpty ? 0 : rows, columns: columns, elements: values)
  }

  /// The first row of a table; in a survey nothing.
  func firstRow(rows: Int, columns: Int) throws -> [Float] {
    Array(try values("weight", shape: [rows, columns]).prefix(columns))
  }

  /// In a survey nothing, as with `values`.
  func vector(_ name: String, count: Int) throws -> [Float] {
    try values(name, shape: [count])
  }

  /// `[a, b, c]`, row-major.
  func values(_ name: String, shape: [Int]) throws -> [Float] {
    let name = path.isEmpty ? name : "\(path).\(name)"
    guard let survey else { return try tensors.values(name, shape: shape) }
    survey.add(tensors.mismatches([(name, shape)]))
    return []
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
    guard hasNumbers else {
      for name in names {
        _ = try self[name].dense(inputs: inputs, outputs: outputs)
      }
      return try Dense(Matrix(zeros: 0, 0))
    }
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
    let weight = try vector("weight", count: width)
    return LayerNorm(
      weight: weight,
      bias: hasBias
        ? try vector("bias", count: width) : [Float](repeating: 0, count: weight.count),
      epsilon: Float(epsilon))
  }
}

/// What does not fit, gathered while a model is built of shapes alone.
final class ShapeSurvey: Sendable {
  private let found = Mutex<[TensorMismatch]>([])

  /// Sorted by name: layers are built side by side, and some tensors are parts of two.
  var mismatches: [TensorMismatch] {
    let sorted = found.withLock { $0.sorted { $0.tensor < $1.tensor } }
    return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }

  func add(_ mismatches: [TensorMismatch]) {
    if !mismatches.isEmpty { found.withLock { $0 += mismatches } }
  }
}
