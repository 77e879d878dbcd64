internal import TerminalUI

/// Words under the columns of a chart, as many as fit in the row.
struct AxisWords {
  struct Word {
    var text: String
    /// The column of the chart below which the word begins.
    var column: Int
    var style: Style
    /// It may end under its column if another word begins soon after.
    var mayEndThere = false
  }

  /// The most important first.
  let words: [Word]

  init(_ words: [Word]) { self.words = words }

  /// - Parameter columns: the width of the row.
  func draw(at place: Position, columns: Int, _ picture: inout Picture) {
    var taken: [Range<Int>] = []
    for word in words {
      let length = DisplaySafe.columns(of: word.text, isPlain: picture.frame.isPlain)
      var start = max(0, min(word.column, columns - length))
      if word.mayEndThere,
        let next = taken.first(where: { $0.overlaps(start..<start + length + 1) }),
        next.lowerBound > word.column
      {
        start = max(0, next.lowerBound - length - 1)
      }
      let used = start..<start + length + 1
      guard length > 0, !taken.contains(where: { $0.overlaps(used) }) else { continue }
      taken.append(used)
      picture.frame.write(
        word.text, at: Position(column: place.column + start, row: place.row), style: word.style)
    }
  }
}
