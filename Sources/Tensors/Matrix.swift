/// A row-major matrix of Floats, `[rows, columns]`.
public struct Matrix: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// `rows * columns` numbers, row-major.
  public var elements: [Float]

  public init(rows: Int, columns: Int, elements: [Float]) {
    precondition(elements.count == rows * columns, "a matrix's elements must fill its shape")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(zeros rows: Int, _ columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: [Float](repeating: 0, count: rows * columns))
  }

  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// A copy of one row.
  public subscript(row row: Int) -> [Float] {
    Array(elements[row * columns..<(row + 1) * columns])
  }

  /// The rows with these indices, in this order.
  public func selecting(rows numbers: [Int]) -> Matrix {
    var selected: [Float] = []
    selected.reserveCapacity(numbers.count * columns)
    for row in numbers {
      selected.append(contentsOf: elements[row * columns..<(row + 1) * columns])
    }
    return Matrix(rows: numbers.count, columns: columns, elements: selected)
  }
}
