package import Tokenizers

extension JoinedTexts {
  private static let bar = " | "

  /// On one line of a table: `A | B`.
  package var line: String { pair.map { text + Self.bar + $0 } ?? text }

  /// The place in the layout of both of a place in the line, in UTF-8 offsets; the bar lies between them.
  package func place(ofLine offset: Int) -> Int {
    let end = text.utf8.count
    guard pair != nil, offset >= end else { return offset }
    return max(end, offset - Self.bar.utf8.count + start(of: 1) - end)
  }
}
