public import Tensors

/// A model's weights by the names that they were saved under.
///
/// A layer looks its weights up where its fields are declared, and says the shape that it needs:
/// a tensor of another shape never becomes a part of a model.
public struct NamedTensors: Sendable {
  /// One tensor in memory.
  public struct Entry: Sendable {
    public var shape: [Int]
    /// Row-major, the product of `shape` numbers.
    public var values: [Float]

    public init(shape: [Int], values: [Float]) {
      self.shape = shape
      self.values = values
    }
  }

  private let entries: [String: Entry]

  public init(_ entries: [String: Entry]) {
    self.entries = entries
  }

  /// Sorted.
  public var names: [String] { entries.keys.sorted() }

  public func shape(of name: String) -> [Int]? {
    entries[name]?.shape
  }

  /// The numbers of a tensor of the shape `[count]`.
  /// - Throws: `CheckpointError.missingTensor`, `.wrongShape`.
  public func vector(_ name: String, count: Int) throws -> [Float] {
    try values(name, shape: [count])
  }

  /// A tensor of the shape `[rows, columns]`.
  /// - Throws: `CheckpointError.missingTensor`, `.wrongShape`.
  public func matrix(_ name: String, rows: Int, columns: Int) throws -> Matrix {
    Matrix(rows: rows, columns: columns, elements: try values(name, shape: [rows, columns]))
  }

  private func values(_ name: String, shape: [Int]) throws -> [Float] {
    guard let entry = entries[name] else { throw CheckpointError.missingTensor(name: name) }
    guard entry.shape == shape, entry.values.count == shape.reduce(1, *) else {
      throw CheckpointError.wrongShape(tensor: name, expected: shape, found: entry.shape)
    }
    return entry.values
  }
}
