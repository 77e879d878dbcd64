internal import Classifiers
internal import Datasets
internal import TerminalUI
internal import Workbench

/// Labels by one key each, on Errors and on a row that is open in Explore.
extension State {
  /// Digits give labels now.
  var isLabelling: Bool {
    errors.isLabelling && dataset.table != nil
      && (screen == .errors ? !errors.isInDrawer : layer.showsMap && openedExample != nil)
  }

  mutating func beginLabelling() {
    guard dataset.table != nil else { return say(noDataHint) }
    guard screen == .errors || openedExample != nil else {
      return say("no row of a data set is open: Enter on Errors opens one")
    }
    guard !isRegression else {
      return say("labels are classes, and this model answers with numbers: l writes a note")
    }
    guard summary?.link != .sigmoid else {
      return say("a text has several labels here: l writes them")
    }
    errors.isInDrawer = false
    errors.isLabelling = true
    // Errors has it above the table as long as it holds
    if screen != .errors { say(labellingHint) }
  }

  mutating func endLabelling() {
    errors.isLabelling = false
    say("labelling ended; E exports the labels")
  }

  /// `1 negative  2 positive  0 as in the file  u undoes  Esc ends`
  var labellingHint: String {
    let classes = dataset.table?.classes ?? []
    let names = classes.prefix(9).enumerated().map { "\($0.offset + 1) \($0.element)" }
    return (["label:"] + names + ["0 as in the file", "u undoes", "Esc ends"])
      .joined(separator: "  ")
  }

  /// Writes a label of the row at the cursor, or of the marked rows, and goes on to the next one.
  /// - Parameter label: a class; nil is the label of the file.
  mutating func give(label: Int?, _ effects: inout [Effect]) {
    guard let table = dataset.table, let row = labelledRow else {
      return say("no row is selected")
    }
    if let label, !table.classes.indices.contains(label) {
      return say("there is no class \(label + 1): \(labellingHint)")
    }
    let isOpened = layer.showsMap
    let rows =
      isOpened || errors.rows.marked.isEmpty ? [row] : errors.rows.marked.sorted()
    let note = dataset.notes.annotations.entries[table.fileRow(row)]?.note
    write(
      Annotations.Entry(note: note, label: label.map { table.classes[$0] }), of: rows, &effects)
    if isOpened, let next = errors.rows.selectedRow, next != row { look(at: next, of: table) }
  }

  private var labelledRow: Int? { layer.showsMap ? dataset.openedRow : errors.rows.selectedRow }

  /// To another row of the table, on Explore and on Errors alike.
  mutating func stepThroughRows(by step: Int) {
    guard screen != .errors else { return moveOnErrors(step > 0 ? .down : .up) }
    guard let table = dataset.table, let opened = dataset.openedRow, openedExample != nil else {
      return say("no row of a data set is open: Enter on Errors opens one")
    }
    let rows = errors.rows.view.rows
    let place = (rows.firstIndex(of: opened) ?? errors.rows.list.selection) + step
    guard let row = rows.element(at: place) else {
      return say(step > 0 ? "this is the last row" : "this is the first row")
    }
    goToRow(at: place)
    look(at: row, of: table)
    say("row \(table.fileRow(row)), \(place + 1) of \(rows.count)")
  }
}

extension Action {
  static let beginLabelling = Action("begin labelling") { state, _ in state.beginLabelling() }
  static let endLabelling = Action("end labelling") { state, _ in state.endLabelling() }
  static func give(label: Int?) -> Action {
    Action("label \(label ?? -1)") { state, effects in state.give(label: label, &effects) }
  }
  static let undoLabel = Action("undo label") { state, effects in
    state.stepThroughLabels(.undo, &effects)
  }
  static let redoLabel = Action("redo label") { state, effects in
    state.stepThroughLabels(.redo, &effects)
  }
  static let nextRow = Action("next row") { state, _ in state.stepThroughRows(by: 1) }
  static let previousRow = Action("previous row") { state, _ in state.stepThroughRows(by: -1) }
}
