/// A row-major matrix whose numbers stay as they were stored: 16-bit weights take two bytes each
/// and are converted to Float where they are used.
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

  /// - Parameter halves: the bits of `rows * columns` numbers, row-major.
  public init(rows: Int, columns: Int, halves: [UInt16], format: HalfFormat) {
    precondition(halves.count == rows * columns, "a matrix's elements must fill its shape")
    (self.rows, self.columns, numbers) = (rows, columns, .halves(halves, format))
  }

  /// The rows of all parts, one below the other. The numbers are stored in 16 bits if those of all
  /// parts are, in the same format.
  /// - Parameter parts: matrices with the same number of columns.
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

  /// The 16-bit format in which the numbers are stored; nil if they are stored as Float.
  public var format: HalfFormat? {
    if case .halves(_, let format) = numbers { format } else { nil }
  }

  /// The size in memory.
  public var byteCount: Int { rows * columns * (format == nil ? 4 : 2) }

  /// A copy with all numbers converted to Float.
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
