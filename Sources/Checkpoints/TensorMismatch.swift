/// A tensor that a model's settings ask for, and what the file has in its place.
public struct TensorMismatch: Sendable, Equatable {
  public var tensor: String
  public var expected: [Int]
  /// nil where the file has no such tensor.
  public var found: [Int]?

  public init(tensor: String, expected: [Int], found: [Int]?) {
    self.tensor = tensor
    self.expected = expected
    self.found = found
  }
}

extension NamedTensors {
  /// What of these shapes the tensors don't have, in the order given.
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
  /// The error for tensors that don't fit; nil where all do.
  /// - Parameter names: of the tensors that there are.
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
