internal import Synchronization
public import Tensors

/// How much memory a model's weights take, once they have been read.
extension NamedTensors {
  /// Bytes of all tensors that were read, without the padding of products.
  public var bytesInMemory: Int { memory.sum { _ in true } }

  /// Bytes of the right-hand sides of products, which every pass over a text reads entirely.
  public var productBytes: Int { memory.sum(where: \.isInProduct) }

  /// Bytes of one tensor; 0 if it was not read.
  public func bytesInMemory(of name: String) -> Int { memory.bytes(of: name) }

  /// A tensor of shape `[rows, columns]` that is the right-hand side of products, in the requested
  /// precision.
  /// - Throws: see `compactMatrix`.
  public func productMatrix(_ name: String, rows: Int, columns: Int) throws -> CompactMatrix {
    let matrix = try compactMatrix(name, rows: rows, columns: columns).rounded(to: precision)
    memory.note(name, bytes: matrix.byteCount, isInProduct: true)
    return matrix
  }

  /// Records that a tensor read in single precision is the right-hand side of products, and is
  /// packed in the requested precision.
  public func noteProduct(of name: String) {
    guard let count = shape(of: name).flatMap(elementCount) else { return }
    memory.note(name, bytes: count * (precision == .bfloat16 ? 2 : 4), isInProduct: true)
  }
}

/// Memory by tensor name. A tensor that is read twice counts once.
final class WeightMemory: Sendable {
  struct Entry {
    var bytes: Int
    var isInProduct: Bool
  }

  private let entries = Mutex<[String: Entry]>([:])

  func note(_ name: String, bytes: Int, isInProduct: Bool = false) {
    entries.withLock { $0[name] = Entry(bytes: bytes, isInProduct: isInProduct) }
  }

  func sum(where counts: (Entry) -> Bool) -> Int {
    entries.withLock { $0.values.reduce(0) { counts($1) ? $0 + $1.bytes : $0 } }
  }

  func bytes(of name: String) -> Int { entries.withLock { $0[name]?.bytes ?? 0 } }
}
