/// A row-major matrix whose numbers stay as they were stored: weights of two bytes take two bytes each,
/// and become Floats where they are used.
public struct CompactMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  let numbers: Numbers

  enum Numbers: Sendable {
    case floats([Float])
    case halves([UInt16], HalfFormat)
  }

  public init(_ matrix: Matrix) {
    (rows, columns, numbers) = (matrix.rows, matrix.columns, .floats(matrix.elements))
  }

  /// - Parameter halves: the bits of `rows * columns` numbers, row after row.
  public init(rows: Int, columns: Int, halves: [UInt16], format: HalfFormat) {
    precondition(halves.count == rows * columns, "a matrix's elements must fill its shape")
    (self.rows, self.columns, numbers) = (rows, columns, .halves(halves, format))
  }

  /// The rows of all parts, one below the other. The numbers take two bytes where those of all parts do,
  /// in one format.
  /// - Parameter parts: of the same number of columns.
  public init(joining parts: [CompactMatrix]) {
    let columns = parts.first?.columns ?? 0
    precondition(parts.allSatisfy { $0.columns == columns }, "joined matrices must be as wide")
    self.columns = columns
    rows = parts.reduce(0) { $0 + $1.rows }
    if let format = parts.first?.format, parts.allSatisfy({ $0.format == format }) {
      var halves: [UInt16] = []
      halves.reserveCapacity(rows * columns)
      for case .halves(let part, _) in parts.map(\.numbers) { halves += part }
      numbers = .halves(halves, format)
    } else {
      var floats: [Float] = []
      floats.reserveCapacity(rows * columns)
      for part in parts { floats += part.expanded.elements }
      numbers = .floats(floats)
    }
  }

  /// How the numbers are stored where they take two bytes.
  public var format: HalfFormat? {
    if case .halves(_, let format) = numbers { format } else { nil }
  }

  /// Bytes in memory.
  public var byteCount: Int { rows * columns * (format == nil ? 4 : 2) }

  /// A copy in four bytes a number.
  public var expanded: Matrix {
    switch numbers {
    case .floats(let floats): Matrix(rows: rows, columns: columns, elements: floats)
    case .halves(let halves, let format):
      Matrix(rows: rows, columns: columns, elements: format.floats(halves[...]))
    }
  }

  /// A copy of one row.
  public subscript(row row: Int) -> [Float] {
    let range = row * columns..<(row + 1) * columns
    return switch numbers {
    case .floats(let floats): Array(floats[range])
    case .halves(let halves, let format): format.floats(halves[range])
    }
  }
}
