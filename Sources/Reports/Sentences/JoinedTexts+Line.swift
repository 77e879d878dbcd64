package import Tokenizers

extension JoinedTexts {
  private static let bar = " | "

  /// Both texts on one line of a table: `A | B`.
  package var line: String { pair.map { text + Self.bar + $0 } ?? text }

  /// Converts a UTF-8 offset in the line to one in the layout of both texts, which does not contain
  /// the bar.
  package func place(ofLine offset: Int) -> Int {
    let end = text.utf8.count
    guard pair != nil, offset >= end else { return offset }
    return max(end, offset - Self.bar.utf8.count + start(of: 1) - end)
  }
}
