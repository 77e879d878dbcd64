/// The lines on which a grid of numbers has a given value, by marching squares with linear
/// interpolation (Lorensen and Cline 1987, doi:10.1145/37402.37422, in the plane).
///
/// Values outside of the grid count as lower, so every line is closed. The inside is to the right
/// of a line, where y points down.
package struct ContourLines {
  /// Closed lines, each as its corners, in grid units from the first point of the grid.
  package private(set) var loops: [[SIMD2<Float>]] = []
  private let values: [Float]
  private let columns: Int
  private let rows: Int
  private let level: Float

  /// - Parameters:
  ///   - values: row-major.
  ///   - level: points with at least this value are inside.
  package init(_ values: [Float], columns: Int, level: Float) {
    self.values = values
    self.columns = columns
    rows = columns > 0 ? values.count / columns : 0
    self.level = level
    link()
  }

  /// A side of a square that is crossed by a line.
  private struct Side: Hashable, Comparable {
    let column: Int
    let row: Int
    let isVertical: Bool

    static func < (first: Side, second: Side) -> Bool {
      (first.row, first.column, first.isVertical ? 1 : 0)
        < (second.row, second.column, second.isVertical ? 1 : 0)
    }
  }

  private mutating func link() {
    var next: [Side: Side] = [:]
    for row in -1..<rows {
      for column in -1..<columns { addLines(ofSquare: column, row, to: &next) }
    }
    // In the order of the grid, so that the same numbers always give the same picture.
    for start in next.keys.sorted() where next[start] != nil {
      var loop: [SIMD2<Float>] = []
      var side = start
      while let following = next.removeValue(forKey: side) {
        loop.append(crossing(side))
        side = following
      }
      loops.append(loop)
    }
  }

  private func addLines(ofSquare column: Int, _ row: Int, to next: inout [Side: Side]) {
    let corners = [
      value(column, row), value(column + 1, row), value(column + 1, row + 1),
      value(column, row + 1),
    ]
    let inside = corners.map { $0 >= level }
    let code = inside.reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
    guard code != 0, code != 15 else { return }
    let top = Side(column: column, row: row, isVertical: false)
    let bottom = Side(column: column, row: row + 1, isVertical: false)
    let left = Side(column: column, row: row, isVertical: true)
    let right = Side(column: column + 1, row: row, isVertical: true)
    // In a saddle, the value at the centre decides whether the two corners inside are connected.
    let isJoined = corners.reduce(0, +) / 4 >= level
    switch code {
    case 0b0001: next[left] = bottom
    case 0b0010: next[bottom] = right
    case 0b0011: next[left] = right
    case 0b0100: next[right] = top
    case 0b0101:
      next[left] = isJoined ? top : bottom
      next[right] = isJoined ? bottom : top
    case 0b0110: next[bottom] = top
    case 0b0111: next[left] = top
    case 0b1000: next[top] = left
    case 0b1001: next[top] = bottom
    case 0b1010:
      next[top] = isJoined ? right : left
      next[bottom] = isJoined ? left : right
    case 0b1011: next[top] = right
    case 0b1100: next[right] = left
    case 0b1101: next[right] = bottom
    default: next[bottom] = left
    }
  }

  /// The values outside of the grid are far below the level.
  private func value(_ column: Int, _ row: Int) -> Float {
    guard column >= 0, row >= 0, column < columns, row < rows else { return level - 1e3 }
    return values[row * columns + column]
  }

  private func crossing(_ side: Side) -> SIMD2<Float> {
    let (column, row) = (side.column, side.row)
    let first = value(column, row)
    let second = side.isVertical ? value(column, row + 1) : value(column + 1, row)
    let share = first == second ? 0.5 : (level - first) / (second - first)
    let start = SIMD2(Float(column), Float(row))
    return start + (side.isVertical ? SIMD2(0, share) : SIMD2(share, 0))
  }
}
