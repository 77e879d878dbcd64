/// Foreign text in a cell of a spreadsheet, which evaluates what begins like a formula (OWASP, CSV
/// injection): an apostrophe before the text makes spreadsheets treat it as text.
///
/// The clipboard always uses this form, because tables on it are pasted into spreadsheets and are
/// not read by programs. A file contains each text unchanged, unless `--csv-safe` requests this
/// form.
public enum SpreadsheetCell {
  private static let signs = "=+-@\t\r\n＝＋－＠".unicodeScalars

  /// Numbers remain numbers.
  public static func text(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, signs.contains(first), Double(text) == nil else {
      return text
    }
    return "'" + text
  }

  /// A row to be pasted, where tabs and line ends within a cell become spaces. A spreadsheet
  /// ignores quotes around a cell, so the characters after them are decisive.
  package static func pasted(row cells: [String]) -> String {
    cells.map { cell in
      let cell = cell.map { $0 == "\t" || $0.isNewline ? " " : "\($0)" }.joined()
      let bare = String(cell.drop { $0 == "\"" })
      return text(bare) == bare ? cell : "'" + cell
    }.joined(separator: "\t")
  }
}
