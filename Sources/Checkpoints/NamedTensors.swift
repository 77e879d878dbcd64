public import Tensors

/// A model's weights by the names that they were saved under.
///
/// A layer looks its weights up where its fields are declared, and says the shape that it needs:
/// a tensor of another shape never becomes a part of a model. What a file holds is read and
/// converted when it is asked for, so that no second copy of the weights stays in memory.
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

  private enum Content: Sendable {
    case loaded(Entry)
    case stored(StoredTensor)
  }

  private let contents: [String: Content]

  public init(_ entries: [String: Entry]) {
    contents = entries.mapValues(Content.loaded)
  }

  init(stored: [String: StoredTensor]) {
    contents = stored.mapValues(Content.stored)
  }

  /// Sorted.
  public var names: [String] { contents.keys.sorted() }

  public func shape(of name: String) -> [Int]? {
    switch contents[name] {
    case .loaded(let entry): entry.shape
    case .stored(let tensor): tensor.shape
    case nil: nil
    }
  }

  /// The numbers of a tensor of the shape `[count]`.
  /// - Throws: `CheckpointError.missingTensor`, `.wrongShape`, and what reading the file throws.
  public func vector(_ name: String, count: Int) throws -> [Float] {
    try values(name, shape: [count])
  }

  /// A tensor of the shape `[rows, columns]`.
  /// - Throws: `CheckpointError.missingTensor`, `.wrongShape`, and what reading the file throws.
  public func matrix(_ name: String, rows: Int, columns: Int) throws -> Matrix {
    Matrix(rows: rows, columns: columns, elements: try values(name, shape: [rows, columns]))
  }

  private func values(_ name: String, shape: [Int]) throws -> [Float] {
    guard let found = self.shape(of: name) else { throw CheckpointError.missingTensor(name: name) }
    let wrongShape = CheckpointError.wrongShape(tensor: name, expected: shape, found: found)
    guard found == shape else { throw wrongShape }
    let values =
      switch contents[name] {
      case .loaded(let entry): entry.values
      case .stored(let tensor): try tensor.values(name: name)
      case nil: [Float]()
      }
    // An entry that was made by hand may not fill its shape.
    guard values.count == elementCount(of: shape) else { throw wrongShape }
    return values
  }
}

/// The product of a shape; nil where it is negative somewhere or no `Int` holds it.
func elementCount(of shape: [Int]) -> Int? {
  var count = 1
  for size in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    guard size >= 0, !overflow else { return nil }
    count = product
  }
  return count
}
