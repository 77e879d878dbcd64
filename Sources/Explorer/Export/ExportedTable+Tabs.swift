internal import Reports
internal import Workbench

extension ExportedTable {
  /// A line a row, as a spreadsheet takes it.
  var tabSeparated: String {
    ([header] + rows).map(SpreadsheetCell.pasted).joined(separator: "\n") + "\n"
  }
}
