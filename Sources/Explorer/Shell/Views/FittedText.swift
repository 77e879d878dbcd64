internal import TerminalUI

/// Fitting texts into a number of columns or rows.
extension String {
  /// The beginning of the text, at most this many columns wide, with an ellipsis if something is
  /// left out; empty if fewer than three columns of text would remain.
  func fitted(columns: Int, _ ellipsis: String) -> String {
    if DisplaySafe.columns(of: self) <= columns { return self }
    let room = columns - ellipsis.count
    var (result, used) = ("", 0)
    for character in self {
      let width = DisplaySafe.columns(of: String(character))
      guard used + width <= room else { break }
      result.append(character)
      used += width
    }
    return used < 3 ? "" : result + ellipsis
  }

  /// The first characters, at most this many, with an ellipsis if some are left out.
  func trimmed(to count: Int, _ ellipsis: String) -> String {
    guard utf8.count > count, self.count > count else { return self }
    return prefix(count - 1) + ellipsis
  }

  /// The text in rows of at most this many columns, broken between words.
  func wrapped(columns: Int) -> [String] {
    let layout = TextLayout(self, columns: columns)
    return (0..<layout.rowCount).map { row in
      layout.glyphs(inRow: row).map(\.glyph.text).joined()
    }
  }
}

extension [String] {
  /// The first rows, at most this many; if some are left out, the last one ends in an ellipsis.
  func limited(rows: Int, columns: Int, _ ellipsis: String) -> [String] {
    guard count > rows, rows > 0 else { return Array(prefix(Swift.max(0, rows))) }
    var shown = Array(prefix(rows))
    let room = columns - DisplaySafe.columns(of: ellipsis) - 1
    var last = shown[rows - 1]
    while DisplaySafe.columns(of: last) > room, let space = last.lastIndex(of: " ") {
      last = String(last[..<space])
    }
    shown[rows - 1] = last + " " + ellipsis
    return shown
  }

  /// Rows of at most so many columns, with two spaces between items; none is broken.
  func flowed(columns: Int) -> [String] {
    var rows: [String] = []
    for item in self {
      if let last = rows.last,
        DisplaySafe.columns(of: last) + 2 + DisplaySafe.columns(of: item) <= columns
      {
        rows[rows.count - 1] = last + "  " + item
      } else {
        rows.append(item)
      }
    }
    return rows
  }
}
