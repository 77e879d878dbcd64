import CKernels

// A factor or a shift for each column, the same in every row.

extension Matrix {
  /// Adds a number to each column.
  public consuming func adding(toEachRow shift: [Float]) -> Matrix {
    precondition(shift.count == columns, "a number for each column")
    let (rows, columns) = (rows, columns)
    var result = self
    unsafe result.elements.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      for row in 0..<rows { unsafe kernels_add(x + row * columns, shift, Int64(columns)) }
    }
    return result
  }

  /// Multiplies each column by a factor, and adds a shift if there is one.
  public consuming func scalingColumns(by factors: [Float], adding shift: [Float]? = nil)
    -> Matrix
  {
    precondition(factors.count == columns && (shift?.count ?? columns) == columns)
    let (rows, columns) = (Int64(rows), Int64(columns))
    var result = self
    unsafe result.elements.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      guard let shift else {
        return unsafe kernels_scale_columns(x, rows, columns, factors, nil)
      }
      unsafe kernels_scale_columns(x, rows, columns, factors, shift)
    }
    return result
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
}
