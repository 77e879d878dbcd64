import Checkpoints
import Glibc
import Tensors

/// The head after concat pooling: fastai's `PoolingLinearClassifier` with any number of blocks of
/// batch normalisation, linear layer and ReLU, each of which may be missing.
struct PoolingHead: Sendable {
  enum Layer: Sendable {
    case batchNorm(BatchNorm)
    case linear(Linear)
    case relu
    /// `sigmoid(x) * (high - low) + low`.
    case range(ClosedRange<Float>)
  }

  let layers: [Layer]
  let classCount: Int

  /// Reads the layers from a checkpoint in the order of their numbers.
  ///
  /// `1.layers.0.2.weight` or, in fastai 1, `1.layers.2.weight`: dropout, if there is any, has a
  /// number as well, so a layer is identified by its tensors, not by its number. A ReLU has no
  /// tensors and follows each linear layer but the last.
  /// - Throws: `CheckpointError`.
  init(tensors: NamedTensors, inputWidth: Int, range: ClosedRange<Float>?) throws {
    var width = inputWidth
    var layers: [Layer] = []
    for prefix in Self.prefixes(in: tensors) {
      let weight = prefix + ".weight"
      if tensors.shape(of: prefix + ".running_mean") != nil {
        layers.append(.batchNorm(try BatchNorm(tensors: tensors, prefix: prefix, count: width)))
      } else {
        if layers.contains(where: \.isLinear) { layers.insertReLU() }
        let bias = prefix + ".bias"
        let rows = tensors.shape(of: weight)?.first ?? 0
        layers.append(
          .linear(
            Linear(
              weight: try tensors.matrix(weight, rows: rows, columns: width),
              bias: tensors.shape(of: bias) == nil ? nil : try tensors.vector(bias, count: rows))))
        width = rows
      }
    }
    guard layers.contains(where: \.isLinear) else {
      throw CheckpointError.missingTensor(name: "1.layers.0.1.weight")
    }
    if let range { layers.append(.range(range)) }
    self.layers = layers
    classCount = width
  }

  /// The required shapes of the layers' tensors, each layer as wide as the previous one's output.
  static func shapes(
    in tensors: NamedTensors, inputWidth: Int
  ) -> [(name: String, shape: [Int])] {
    var width = inputWidth
    var shapes: [(name: String, shape: [Int])] = []
    for prefix in prefixes(in: tensors) {
      if tensors.shape(of: prefix + ".running_mean") != nil {
        shapes += ["weight", "bias", "running_mean", "running_var"].map {
          ("\(prefix).\($0)", [width])
        }
      } else {
        let found = tensors.shape(of: prefix + ".weight") ?? []
        let rows = found.first ?? 1
        shapes.append((prefix + ".weight", [rows, width]))
        if tensors.shape(of: prefix + ".bias") != nil { shapes.append((prefix + ".bias", [rows])) }
        width = rows
      }
    }
    return shapes
  }

  /// `[B, in]` to logits `[B, C]`, and each layer's input.
  func forward(_ x: Matrix) -> (logits: Matrix, trace: [Matrix]) {
    var x = x
    var trace: [Matrix] = []
    for layer in layers {
      trace.append(x)
      switch layer {
      case .batchNorm(let norm): x = norm.forward(x)
      case .linear(let linear): x = linear.forward(x)
      case .relu: x.elements = Activation.relu.forward(x.elements)
      case .range(let range): x.elements = x.elements.map(range.forward)
      }
    }
    return (x, trace)
  }

  func backward(_ dLogits: Matrix, trace: [Matrix]) -> Matrix {
    var d = dLogits
    for (layer, x) in zip(layers, trace).reversed() {
      switch layer {
      case .batchNorm(let norm): d = norm.backward(d)
      case .linear(let linear): d = linear.backward(d)
      case .relu: d.elements = Activation.relu.backward(d.elements, input: x.elements)
      case .range(let range):
        d.elements = zip(d.elements, x.elements).map { $0 * range.derivative($1) }
      }
    }
    return d
  }

  /// `1.layers.0.2` for each layer with tensors, in order.
  private static func prefixes(in tensors: NamedTensors) -> [String] {
    let start = "1.layers."
    let numbered = tensors.names.compactMap { name -> [Int]? in
      guard name.hasPrefix(start) else { return nil }
      let parts = name.dropFirst(start.count).split(
        separator: ".", omittingEmptySubsequences: false
      ).dropLast()
      let numbers = parts.compactMap { Int($0) }
      return numbers.count == parts.count && !numbers.isEmpty ? numbers : nil
    }
    return Set(numbered).sorted { $0.lexicographicallyPrecedes($1) }.map {
      start + $0.map(String.init).joined(separator: ".")
    }
  }
}

extension PoolingHead.Layer {
  fileprivate var isLinear: Bool {
    if case .linear = self { true } else { false }
  }
}

extension [PoolingHead.Layer] {
  /// Directly after the last linear layer: a block's batch normalisation may follow it.
  fileprivate mutating func insertReLU() {
    guard let last = lastIndex(where: \.isLinear) else { return }
    insert(.relu, at: last + 1)
  }
}

extension BatchNorm {
  /// - Throws: `CheckpointError`.
  init(tensors: NamedTensors, prefix: String, count: Int) throws {
    self.init(
      weight: try tensors.vector(prefix + ".weight", count: count),
      bias: try tensors.vector(prefix + ".bias", count: count),
      runningMean: try tensors.vector(prefix + ".running_mean", count: count),
      runningVariance: try tensors.vector(prefix + ".running_var", count: count))
  }
}

extension ClosedRange<Float> {
  func forward(_ x: Float) -> Float {
    Float(1 / (1 + exp(-Double(x)))) * (upperBound - lowerBound) + lowerBound
  }

  func derivative(_ x: Float) -> Float {
    let small = exp(-Double(x.magnitude))
    return Float(small / ((1 + small) * (1 + small))) * (upperBound - lowerBound)
  }
}
