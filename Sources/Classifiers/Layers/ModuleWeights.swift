import Checkpoints
import Synchronization
import Tensors

/// The weights of one module of a model, by PyTorch's names.
struct ModuleWeights: Sendable {
  private let tensors: NamedTensors
  private let path: String
  /// Set if only shapes are compared and nothing is read.
  private let survey: ShapeSurvey?

  init(_ tensors: NamedTensors, path: String = "", survey: ShapeSurvey? = nil) {
    self.tensors = tensors
    self.path = path
    self.survey = survey
  }

  /// False in a survey, in which no numbers are read and nothing can be computed.
  var hasNumbers: Bool { survey == nil }

  /// Whether the file has a tensor of this name.
  func has(_ name: String) -> Bool {
    tensors.shape(of: path.isEmpty ? name : "\(path).\(name)") != nil
  }

  /// A submodule: `encoder.layer.0`.
  subscript(_ name: String) -> ModuleWeights {
    ModuleWeights(tensors, path: self.name(name), survey: survey)
  }

  /// `[rows, columns]`; in a survey, a matrix without rows.
  /// - Throws: `CheckpointError`, like all methods below.
  func table(rows: Int, columns: Int) throws -> Matrix {
    let values = try values("weight", shape: [rows, columns])
    return Matrix(rows: values.isEmpty ? 0 : rows, columns: columns, elements: values)
  }

  /// The same; numbers are kept in two bytes each if stored that way.
  func compactTable(rows: Int, columns: Int) throws -> CompactMatrix {
    guard survey == nil else {
      return CompactMatrix(try table(rows: rows, columns: columns))
    }
    return try tensors.compactMatrix(name("weight"), rows: rows, columns: columns)
  }

  /// The same for the right-hand side of products, in the requested precision.
  private func weights(rows: Int, columns: Int) throws -> CompactMatrix {
    guard hasNumbers else { return try compactTable(rows: rows, columns: columns) }
    return try tensors.productMatrix(name("weight"), rows: rows, columns: columns)
  }

  /// Empty in a survey, like `values`.
  func vector(_ name: String, count: Int) throws -> [Float] {
    try values(name, shape: [count])
  }

  /// `[a, b, c]`, row-major.
  func values(_ name: String, shape: [Int]) throws -> [Float] {
    let name = self.name(name)
    guard let survey else { return try tensors.values(name, shape: shape) }
    survey.add(tensors.mismatches([(name, shape)]))
    return []
  }

  /// A tensor's name in the whole model.
  private func name(_ own: String) -> String { path.isEmpty ? own : "\(path).\(own)" }

  /// A linear layer for the rows of an encoder.
  /// - Throws: also `TensorError.packingFailed`.
  func dense(inputs: Int, outputs: Int, hasBias: Bool = true) throws -> Dense {
    try Dense(
      try weights(rows: outputs, columns: inputs),
      bias: hasBias ? try vector("bias", count: outputs) : nil, precision: tensors.precision)
  }

  /// Several linear layers with the same input; their outputs are concatenated.
  /// - Throws: also `TensorError.packingFailed`.
  func dense(joining names: [String], inputs: Int, outputs: Int) throws -> Dense {
    try dense(joining: names.map { ($0, outputs) }, inputs: inputs)
  }

  /// The same with a number of outputs for each.
  func dense(
    joining parts: [(name: String, outputs: Int)], inputs: Int, hasBias: Bool = true
  ) throws -> Dense {
    guard hasNumbers else {
      for part in parts {
        _ = try self[part.name].dense(inputs: inputs, outputs: part.outputs, hasBias: hasBias)
      }
      return try Dense(Matrix(zeros: 0, 0))
    }
    let tables = try parts.map {
      try self[$0.name].weights(rows: $0.outputs, columns: inputs)
    }
    let bias =
      try hasBias
      ? parts.flatMap { try self[$0.name].vector("bias", count: $0.outputs) } : nil
    return try Dense(
      CompactMatrix(joining: tables), bias: bias, precision: tensors.precision)
  }

  /// A linear layer with weights stored as `[in, out]`, as in GPT-2.
  /// - Throws: also `TensorError.packingFailed`.
  func transposedDense(inputs: Int, outputs: Int) throws -> Dense {
    let weights = CompactMatrix(try table(rows: inputs, columns: outputs).transposed)
    tensors.noteProduct(of: name("weight"))
    return try Dense(
      weights.rounded(to: tensors.precision),
      bias: try vector("bias", count: outputs), precision: tensors.precision)
  }

  /// A linear layer for a text's single vector.
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

extension ModuleWeights {
  /// RMSNorm.
  /// - Parameter offset: added to the scales, which Gemma stores minus 1.
  func rootMeanSquareNorm(
    width: Int, epsilon: Double, offset: Float = 0
  ) throws -> LayerNorm {
    LayerNorm(
      rootMeanSquareWith: try vector("weight", count: width).map { $0 + offset },
      epsilon: Float(epsilon))
  }
}

/// Collects mismatches while a model is built from shapes only.
final class ShapeSurvey: Sendable {
  private let found = Mutex<[TensorMismatch]>([])

  /// Sorted by name; layers are built in parallel, and some tensors belong to two of them.
  var mismatches: [TensorMismatch] {
    let sorted = found.withLock { $0.sorted { $0.tensor < $1.tensor } }
    return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }

  func add(_ mismatches: [TensorMismatch]) {
    if !mismatches.isEmpty { found.withLock { $0 += mismatches } }
  }
}
