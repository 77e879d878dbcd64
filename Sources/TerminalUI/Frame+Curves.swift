/// A curve of a chart.
public struct ChartCurve: Sendable {
  /// `x` from 0 at the left to 1 at the right, ascending; `y` in the units of the chart's range. The
  /// curve has a gap at a point that is not finite.
  public var points: [SIMD2<Float>]
  public var style: Style
  /// The length of dashes and gaps in dots; nil for a solid line.
  public var pattern: (on: Int, off: Int)?
  /// Draws the curve where there are no braille dots.
  public var mark: Character

  public init(
    _ points: [SIMD2<Float>], _ style: Style, pattern: (on: Int, off: Int)? = nil, mark: Character
  ) {
    self.points = points
    self.style = style
    self.pattern = pattern
    self.mark = mark
  }
}

extension Frame {
  /// Curves over one another, the last one on top: in braille dots, or, in plain mode and on the Linux
  /// console, with a mark in each column. `range` is the bottom and the top; what is outside is drawn
  /// at the edge.
  public mutating func chart(
    _ curves: [ChartCurve], in rect: Rect, range: ClosedRange<Float>
  ) {
    guard rect.size.columns > 0, rect.size.rows > 0 else { return }
    if isPlain || isConsole {
      for curve in curves { drawMarks(curve, in: rect, range) }
    } else {
      drawDots(curves, in: rect, range)
    }
  }

  private mutating func drawDots(
    _ curves: [ChartCurve], in rect: Rect, _ range: ClosedRange<Float>
  ) {
    let scale = SIMD2(Float(2 * rect.size.columns - 1), Float(4 * rect.size.rows - 1))
    var all = BrailleCanvas(size: rect.size)
    let own = curves.map { curve -> BrailleCanvas in
      var canvas = BrailleCanvas(size: rect.size)
      for (start, end) in zip(curve.points, curve.points.dropFirst()) {
        let ends = [start, end].map {
          SIMD2($0.x, depth(of: $0.y, in: range)) * scale
        }
        canvas.line(from: ends[0], to: ends[1], pattern: curve.pattern)
        all.line(from: ends[0], to: ends[1], pattern: curve.pattern)
      }
      return canvas
    }
    for row in 0..<rect.size.rows {
      for column in 0..<rect.size.columns {
        let cell = Position(column: column, row: row)
        guard let dots = all[cell], let top = own.lastIndex(where: { $0.dots(at: cell) > 0 })
        else { continue }
        write(
          dots, at: Position(column: rect.origin.column + column, row: rect.origin.row + row),
          style: curves[top].style)
      }
    }
  }

  /// A solid curve fills the rows between two columns; of others the marks alone are drawn.
  private mutating func drawMarks(
    _ curve: ChartCurve, in rect: Rect, _ range: ClosedRange<Float>
  ) {
    var before: Int?
    for column in 0..<rect.size.columns {
      let x = Float(column) / Float(max(1, rect.size.columns - 1))
      guard let y = curve.value(at: x) else {
        before = nil
        continue
      }
      let row = Int((depth(of: y, in: range) * Float(rect.size.rows - 1)).rounded())
      var rows = row...row
      if curve.pattern == nil, let before, abs(before - row) > 1 {
        rows = before < row ? before + 1...row : row...before - 1
      }
      for row in rows {
        write(
          String(curve.mark),
          at: Position(column: rect.origin.column + column, row: rect.origin.row + row),
          style: curve.style)
      }
      before = row
    }
  }

  /// From 0 at the top to 1 at the bottom; NaN for a value that is not finite.
  private func depth(of value: Float, in range: ClosedRange<Float>) -> Float {
    let height = range.upperBound - range.lowerBound
    let share = height > 0 ? (range.upperBound - value) / height : 0.5
    return share.isFinite ? max(0, min(share, 1)) : .nan
  }
}

extension ChartCurve {
  /// On a straight line between two points; nil beyond the ends and in a gap.
  func value(at x: Float) -> Float? {
    guard let next = points.firstIndex(where: { $0.x >= x }) else { return nil }
    guard points[next].x > x else { return points[next].y.isFinite ? points[next].y : nil }
    guard next > 0 else { return nil }
    let (start, end) = (points[next - 1], points[next])
    let y = start.y + (x - start.x) / (end.x - start.x) * (end.y - start.y)
    return y.isFinite ? y : nil
  }
}
