internal import Datasets
internal import Tokenizers
internal import Workbench

/// Opening rows of a data set in the editor.
extension State {
  /// Puts a row's text in the editor, and explains its predicted class.
  mutating func openRow(_ row: Int) {
    guard let table = dataset.table, row < table.count else { return }
    follow(.row(row))
    dataset.openedRow = row
    replaceTexts(with: table[row].texts)
    document.select(part: 0)
    settings.classChoice = .predicted
    catalog.first.showMap(at: .firstWord, &self)
  }

  /// Opens the next or the previous row, in the order of the filtered rows.
  mutating func stepThroughOpenedRows(by step: Int) {
    guard let table = dataset.table, let opened = dataset.openedRow, openedExample != nil else {
      return say("no row of a data set is open: Enter on Errors opens one")
    }
    let rows = dataset.rows.all
    let place = (rows.firstIndex(of: opened) ?? 0) + step
    guard let row = rows.element(at: place) else {
      return say(step > 0 ? "this is the last row" : "this is the first row")
    }
    openRow(row)
    say("row \(table.fileRow(row)), \(place + 1) of \(rows.count)")
  }
}
