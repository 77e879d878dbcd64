extension Frame {
  /// A bar that grows to the right in eighths of a cell: `██████▎`, in plain mode `######`.
  /// `fraction` is clamped to 0...1; NaN draws nothing.
  public mutating func bar(
    _ fraction: Float, at position: Position, columns: Int, style: Style = Style(.bar)
  ) {
    let columns = min(columns, size.columns)
    guard columns > 0 else { return }
    let text =
      isPlain
      ? wholes(fraction, columns, "#")
      : isConsole ? wholes(fraction, columns, "█") : eighths(fraction, columns)
    write(text, at: position, style: style, maxColumns: columns)
  }

  /// A bar to either side of an axis in the middle: `  ▐███│`, `     │██▏ `. `value` is clamped to
  /// -1...1; a bar reaches `(columns - 1) / 2` cells to either side. To the left, where Unicode has
  /// no eighths, it grows in halves.
  public mutating func signedBar(
    _ value: Float, at position: Position, columns: Int,
    negative: Style = Style(.againstBar), positive: Style = Style(.bar)
  ) {
    let reach = (min(columns, size.columns) - 1) / 2
    guard reach >= 0, columns > 0 else { return }
    let axis = Position(column: position.column + reach, row: position.row)
    write(isPlain ? "|" : "│", at: axis, style: Style(.dim))
    if value > 0 {
      let right = Position(column: axis.column + 1, row: axis.row)
      bar(value, at: right, columns: reach, style: positive)
    } else if value < 0 {
      let text =
        isPlain
        ? wholes(-value, reach, "#")
        : isConsole ? wholes(-value, reach, "█") : halves(-value, reach)
      write(text, endingBefore: axis, style: negative)
    }
  }

  /// A curve as a row of blocks, one per value, the newest at the right: `▁▂▃▅▇`; in plain mode and
  /// on the Linux console the digits 0...7. `range` is the bottom and the top; nil for the values'
  /// own extremes. Values that are not finite leave a gap.
  public mutating func sparkline(
    _ values: [Float], at position: Position, columns: Int, range: ClosedRange<Float>? = nil,
    style: Style = Style(.bar)
  ) {
    let shown = values.suffix(max(0, min(columns, size.columns)))
    let finite = shown.filter(\.isFinite)
    guard let lowest = finite.min(), let highest = finite.max() else { return }
    let range = range ?? lowest...highest
    let steps = heights
    let text = shown.map { value -> Character in
      guard value.isFinite else { return " " }
      let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return steps[clamped(fraction, to: steps.count - 1)]
    }
    write(String(text), at: position, style: style)
  }
}

extension Frame {
  /// Eight heights, the lowest first.
  public var heights: [Character] { Array(isPlain || isConsole ? "01234567" : "▁▂▃▄▅▆▇█") }
}

/// `fraction` of `whole`, rounded, within 0...whole; 0 for NaN.
private func clamped(_ fraction: Float, to whole: Int) -> Int {
  guard fraction > 0 else { return 0 }
  return Int((min(fraction, 1) * Float(whole)).rounded())
}

private func wholes(_ fraction: Float, _ columns: Int, _ mark: String) -> String {
  String(repeating: mark, count: clamped(fraction, to: columns))
}

private func eighths(_ fraction: Float, _ columns: Int) -> String {
  let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  let count = clamped(fraction, to: columns * 8)
  return String(repeating: "█", count: count / 8) + parts[count % 8]
}

private func halves(_ fraction: Float, _ columns: Int) -> String {
  let count = clamped(fraction, to: columns * 2)
  return (count % 2 == 1 ? "▐" : "") + String(repeating: "█", count: count / 2)
}
