/// The one rule for text that is not ours in a cell of a spreadsheet, which computes what begins like a
/// formula (OWASP, CSV injection): such a cell gets an apostrophe before it, which spreadsheets take
/// for the sign of a text.
///
/// A table on the clipboard always follows it, because it is pasted into a spreadsheet and never read
/// back by a program. A file holds each text as it is, unless `--csv-safe` says that it is for a
/// spreadsheet.
public enum SpreadsheetCell {
  private static let signs = "=+-@\t\r\n＝＋－＠".unicodeScalars

  /// Numbers stay numbers.
  public static func text(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, signs.contains(first), Double(text) == nil else {
      return text
    }
    return "'" + text
  }

  /// A row to be pasted: tabs and line ends within a cell are spaces. Quotes around a cell are none
  /// of it for a spreadsheet, so that what stands behind them counts.
  package static func pasted(row cells: [String]) -> String {
    cells.map { cell in
      let cell = cell.map { $0 == "\t" || $0.isNewline ? " " : "\($0)" }.joined()
      let bare = String(cell.drop { $0 == "\"" })
      return text(bare) == bare ? cell : "'" + cell
    }.joined(separator: "\t")
  }
}
