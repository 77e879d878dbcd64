/// A tensor that a model's settings require, and what the file has instead.
public struct TensorMismatch: Sendable, Equatable {
  public var tensor: String
  public var expected: [Int]
  /// nil if the file has no such tensor.
  public var found: [Int]?

  public init(tensor: String, expected: [Int], found: [Int]?) {
    self.tensor = tensor
    self.expected = expected
    self.found = found
  }
}

extension NamedTensors {
  /// The shapes that the tensors do not have, in the given order.
  public func mismatches(
    _ expected: some Sequence<(name: String, shape: [Int])>
  ) -> [TensorMismatch] {
    expected.compactMap { name, shape in
      let found = self.shape(of: name)
      return found == shape ? nil : TensorMismatch(tensor: name, expected: shape, found: found)
    }
  }
}

extension CheckpointError {
  /// The error for mismatched tensors; nil if there are none.
  /// - Parameter names: the names of the tensors in the file.
  public init?(_ mismatches: [TensorMismatch], names: [String]) {
    guard let first = mismatches.first else { return nil }
    if mismatches.count > 1 {
      let isMissing = mismatches.contains { $0.found == nil }
      self = .mismatches(mismatches, found: isMissing ? Array(names.prefix(3)) : [])
    } else if let found = first.found {
      self = .wrongShape(tensor: first.tensor, expected: first.expected, found: found)
    } else {
      self = .missingTensor(name: first.tensor)
    }
  }
}
