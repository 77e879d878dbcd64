internal import Synchronization
public import Tensors

/// What of the weights a model holds in memory, as far as they were read.
extension NamedTensors {
  /// Bytes of all tensors that were read, without what products pad them with.
  public var bytesInMemory: Int { memory.sum { _ in true } }

  /// Bytes of those that are the right-hand side of products, which a pass over a text reads whole.
  public var productBytes: Int { memory.sum(where: \.isInProduct) }

  /// Bytes of one tensor; 0 where it was not read.
  public func bytesInMemory(of name: String) -> Int { memory.bytes(of: name) }

  /// A tensor of the shape `[rows, columns]` that is the right-hand side of products, in the precision
  /// asked for.
  /// - Throws: as `compactMatrix`.
  public func productMatrix(_ name: String, rows: Int, columns: Int) throws -> CompactMatrix {
    let matrix = try compactMatrix(name, rows: rows, columns: columns).rounded(to: precision)
    memory.note(name, bytes: matrix.byteCount, isInProduct: true)
    return matrix
  }

  /// Says that a tensor that was read in single precision is the right-hand side of products, whose
  /// numbers are packed in the precision asked for.
  public func noteProduct(of name: String) {
    guard let count = shape(of: name).flatMap(elementCount) else { return }
    memory.note(name, bytes: count * (precision == .bfloat16 ? 2 : 4), isInProduct: true)
  }
}

/// By the names of tensors. A tensor that is read twice is held once.
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
