/// Dots finer than cells, two by four in each, drawn with Unicode's braille characters.
///
/// Dots are counted from the top left. Because cells are about twice as high as wide, dots are
/// about equally spaced in both directions. Anything drawn outside is clipped.
public struct BrailleCanvas: Sendable, Hashable {
  /// In cells.
  public let size: Size
  /// Eight dots per cell, as in the low byte of its character.
  private var cells: [UInt8]

  public init(size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = [UInt8](repeating: 0, count: self.size.columns * self.size.rows)
  }

  public mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x < 2 * size.columns, y < 4 * size.rows else { return }
    cells[y / 4 * size.columns + x / 2] |= Self.bits[y % 4][x % 2]
  }

  /// A straight line, including both ends; NaN and far-out coordinates draw nothing.
  /// - Parameter pattern: the length of dashes and gaps in dots; nil for a solid line.
  public mutating func line(
    from start: SIMD2<Float>, to end: SIMD2<Float>, pattern: (on: Int, off: Int)? = nil
  ) {
    let limit: Float = 1e5
    guard [start.x, start.y, end.x, end.y].allSatisfy({ abs($0) < limit }) else { return }
    let way = end - start
    let steps = max(1, Int(max(abs(way.x), abs(way.y)).rounded()))
    for step in 0...steps {
      if let pattern, step % (pattern.on + pattern.off) >= pattern.on { continue }
      let point = start + way * (Float(step) / Float(steps))
      set(Int(point.x.rounded()), Int(point.y.rounded()))
    }
  }

  /// The character of a cell; nil if it has no dot or is outside.
  public subscript(position: Position) -> String? {
    guard dots(at: position) > 0 else { return nil }
    let byte = cells[position.row * size.columns + position.column]
    return Unicode.Scalar(0x2800 + UInt32(byte)).map { String(Character($0)) }
  }

  /// The number of dots in a cell.
  public func dots(at position: Position) -> Int {
    guard position.column >= 0, position.row >= 0, position.column < size.columns,
      position.row < size.rows
    else { return 0 }
    return cells[position.row * size.columns + position.column].nonzeroBitCount
  }

  /// By row and column: Unicode numbers the dots of a cell down its columns, with the fourth row
  /// last.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}
