internal import Classifiers
internal import Datasets
internal import Reports
internal import Workbench

/// Labelling rows with the digit keys.
extension State {
  mutating func beginLabelling() {
    guard dataset.table != nil else { return say(noDataHint) }
    guard !layer.isAboutText || openedExample != nil else {
      return say("no row of a data set is open: Enter on Errors opens one")
    }
    guard !isRegression else {
      return say("this model predicts numbers and has no classes to label with; l writes a note")
    }
    guard summary?.link != .sigmoid else {
      return say("a text can have several labels here; l writes them")
    }
    dataset.isLabelling = true
    follow(.labelling)
    // Errors shows the hint above its rows as long as labelling lasts.
    if layer.isAboutText { say(labellingHint) }
  }

  mutating func endLabelling() {
    dataset.isLabelling = false
    say("labelling ended; E exports the labels")
  }

  /// `1 negative  2 positive  0 as in the file  u undoes  Esc ends`
  var labellingHint: String {
    let classes = dataset.table?.classes ?? []
    let names = classes.prefix(9).enumerated().map { "\($0.offset + 1) \($0.element)" }
    return (["label:"] + names + ["0 as in the file", "u undoes", "Esc ends"])
      .joined(separator: "  ")
  }

  /// Labels the present row or the marked rows, and moves on to the next row if it was a single
  /// one.
  /// - Parameter label: the index of a class; nil restores the label of the file.
  mutating func give(label: Int?, _ effects: inout [Effect]) {
    guard let table = dataset.table, let row = layer.row(self) else {
      return say("no row is selected")
    }
    if let label, !table.classes.indices.contains(label) {
      return say("there is no class \(label + 1): \(labellingHint)")
    }
    let marked = dataset.rows.marked
    let rows = layer.showsMap || marked.isEmpty ? [row] : marked.sorted()
    let note = dataset.notes.annotations.entries[table.fileRow(row)]?.note
    let entry = Annotations.Entry(note: note, label: label.map { table.classes[$0] })
    if rows.count == 1 { layer.stepThroughRows(by: 1, &self) }
    write(entry, of: rows, &effects)
  }
}
