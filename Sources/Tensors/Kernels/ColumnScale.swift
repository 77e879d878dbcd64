// The same factor or shift for a column of every row.

extension Matrix {
  /// `self + shift`, a number a column.
  public consuming func adding(toEachRow shift: [Float]) -> Matrix {
    precondition(shift.count == columns, "a number for each column")
    return mappingRows(shift, shift) { x, shift, _ in x + shift }
  }

  /// `self * factors + shift`, a number a column each; no shift where there is none.
  public consuming func scalingColumns(by factors: [Float], adding shift: [Float]? = nil)
    -> Matrix
  {
    precondition(factors.count == columns && (shift?.count ?? columns) == columns)
    guard let shift else { return mappingRows(factors, factors) { x, a, _ in x * a } }
    return mappingRows(factors, shift) { x, a, b in x * a + b }
  }

  /// The columns in a range.
  public func selecting(columns range: Range<Int>) -> Matrix {
    var selected: [Float] = []
    selected.reserveCapacity(rows * range.count)
    for row in 0..<rows {
      let start = row * columns
      selected.append(contentsOf: elements[start + range.lowerBound..<start + range.upperBound])
    }
    return Matrix(rows: rows, columns: range.count, elements: selected)
  }

  @inline(__always)
  private consuming func mappingRows(
    _ a: [Float], _ b: [Float], _ transform: (Float, Float, Float) -> Float
  ) -> Matrix {
    let (rows, columns) = (rows, columns)
    var result = self
    unsafe result.elements.withUnsafeMutableBufferPointer { x in
      unsafe a.withUnsafeBufferPointer { a in
        unsafe b.withUnsafeBufferPointer { b in
          for row in 0..<rows {
            for column in 0..<columns {
              let index = row * columns + column
              unsafe x[index] = transform(x[index], a[column], b[column])
            }
          }
        }
      }
    }
    return result
  }
}
