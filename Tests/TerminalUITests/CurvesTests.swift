import TerminalUI
import TestSupport
import Testing

@Suite struct `curves of a chart` {
  private let falling = [SIMD2<Float>(0, 1), SIMD2(1, 0)]
  private let whole = Rect(column: 0, row: 0, columns: 4, rows: 2)

  @Test func `are dots, two by four in a cell`() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    frame.chart([ChartCurve(falling, Style(), mark: "*")], in: whole, range: 0...1)
    #expect(frame.snapshot() == "|⠑⢄\n|  ⠑⢄\n")
  }

  @Test func `lie over one another, the last on top with the dots of all`() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    let level = [SIMD2<Float>(0, 1), SIMD2(1, 1)]
    frame.chart(
      [
        ChartCurve(level, Style(.dim), pattern: (2, 2), mark: "."),
        ChartCurve(falling, Style(.bar), mark: "*"),
      ], in: whole, range: 0...1)
    let top = (0..<4).map { frame[Position(column: $0, row: 0)] }
    #expect(top.map(\.cluster) == ["⠙", "⢄", "⠉", " "])
    #expect(top.prefix(3).map(\.style.role) == [.bar, .bar, .dim])
  }

  @Test func `are marks where there are no dots, steep ones without gaps`() {
    for isPlain in [true, false] {
      var frame = Frame(
        size: Size(columns: 4, rows: 4), isPlain: isPlain, isConsole: !isPlain)
      let steep = [SIMD2<Float>(0, 1), SIMD2(0.34, 1), SIMD2(0.35, 0), SIMD2(1, 0)]
      frame.chart(
        [ChartCurve(steep, Style(), mark: "*")],
        in: Rect(column: 0, row: 0, columns: 4, rows: 4), range: 0...1)
      #expect(frame.snapshot() == "|**\n|  *\n|  *\n|  **\n")
      var dashed = Frame(size: Size(columns: 4, rows: 4), isPlain: isPlain, isConsole: !isPlain)
      dashed.chart(
        [ChartCurve(steep, Style(), pattern: (1, 2), mark: ".")],
        in: Rect(column: 0, row: 0, columns: 4, rows: 4), range: 0...1)
      #expect(dashed.snapshot() == "|..\n|\n|\n|  ..\n")
    }
  }

  @Test func `have gaps where a value is no number, and stay within their place`() {
    for isPlain in [true, false] {
      var frame = Frame(size: Size(columns: 6, rows: 3), isPlain: isPlain)
      let odd: [SIMD2<Float>] = [
        SIMD2(0, .nan), SIMD2(0.5, .infinity), SIMD2(0.6, 40), SIMD2(1, -40),
      ]
      frame.chart(
        [ChartCurve(odd, Style(), mark: "*")],
        in: Rect(column: 1, row: 1, columns: 4, rows: 1), range: 0...1)
      let empty = Frame(size: Size(columns: 6, rows: 3), isPlain: isPlain)
      for (row, column) in (0..<3).flatMap({ row in (0..<6).map { (row, $0) } })
      where row != 1 || !(3..<5).contains(column) {
        let place = Position(column: column, row: row)
        #expect(frame[place] == empty[place])
      }
      #expect(frame != empty)
    }
  }

  @Test func `need a place, and a range of one number is its middle`() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    let empty = frame
    frame.chart(
      [ChartCurve(falling, Style(), mark: "*")],
      in: Rect(column: 0, row: 0, columns: 0, rows: 2), range: 0...1)
    #expect(frame == empty)
    frame.chart(
      [ChartCurve([SIMD2(0, 2), SIMD2(1, 2)], Style(), mark: "*")], in: whole, range: 2...2)
    #expect(frame.snapshot() == "|\n|⠉⠉⠉⠉\n")
  }
}
