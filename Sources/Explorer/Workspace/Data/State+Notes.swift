internal import Datasets
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Writing labels and notes of rows.
extension State {
  /// Gives rows of the table the same label and note.
  mutating func write(
    _ entry: Annotations.Entry, of chosen: [Int], _ effects: inout [Effect]
  ) {
    guard let table = dataset.table else { return }
    let rows = chosen.filter { $0 < table.count }
    let entries = Dictionary(uniqueKeysWithValues: rows.map { ($0, entry) })
    dataset.notes.steps.keep(written(of: rows))
    write(entries, &effects)
    say("\(description(of: rows)): \(description(of: entry)); u undoes it")
  }

  /// `u` and Ctrl-R: undo and redo of labels and notes.
  mutating func stepThroughLabels(_ command: EditorCommand, _ effects: inout [Effect]) {
    let present = { (entries: [Int: Annotations.Entry]) in written(of: Array(entries.keys)) }
    var steps = dataset.notes.steps
    let found = command == .undo ? steps.undo(present) : steps.redo(present)
    dataset.notes.steps = steps
    guard let entries = found else {
      return say(command == .undo ? "no label or note to undo" : "no label or note to redo")
    }
    write(entries, &effects)
    let rows = entries.keys.sorted()
    if let row = rows.first { follow(.row(row)) }
    let verb = command == .undo ? "undone" : "redone"
    say(
      "\(verb): \(description(of: rows)): \(description(of: entries[rows.first ?? 0] ?? .init(), isBack: true))"
    )
  }

  /// The present entries of rows of the table.
  private func written(of rows: [Int]) -> [Int: Annotations.Entry] {
    guard let table = dataset.table else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        (row, dataset.notes.annotations.entries[table.fileRow(row)] ?? Annotations.Entry())
      })
  }

  private mutating func write(_ entries: [Int: Annotations.Entry], _ effects: inout [Effect]) {
    guard let table = dataset.table else { return }
    for (row, entry) in entries {
      dataset.notes.annotations.entries[table.fileRow(row)] = entry.isEmpty ? nil : entry
    }
    // The answer to the effect says which were saved.
    dataset.notes.unsaved.formUnion(entries.keys)
    effects.append(
      .keepNotes(
        entries.filter { $0.key < table.count }.map {
          WrittenNote(row: $0.key, text: table[$0.key].texts.joined, entry: $0.value)
        }))
  }

  /// `row 47`, `3 rows`.
  private func description(of rows: [Int]) -> String {
    guard rows.count == 1, let row = rows.first, let table = dataset.table else {
      return "\(rows.count) rows"
    }
    return "row \(table.fileRow(row))"
  }

  /// `label negative and note saved`, `label and note removed`.
  private func description(of entry: Annotations.Entry, isBack: Bool = false) -> String {
    let parts = [entry.label.map { "label \($0)" }, entry.note.map { _ in "note" }]
    let said = parts.compactMap(\.self).joined(separator: " and ")
    guard !said.isEmpty else { return isBack ? "as in the file" : "label and note removed" }
    return said + (isBack ? "" : " saved")
  }

  mutating func receive(_ kept: [Int], problem: String?) {
    dataset.notes.savingProblem = problem
    guard problem == nil else {
      message = Message(kind: .error, text: "the note was not saved: \(problem ?? "")")
      return
    }
    dataset.notes.unsaved.subtract(kept)
  }

  /// Adds stored entries, which may come from the same text in another data set. Entries of this
  /// session take precedence.
  mutating func receive(_ annotations: Annotations) {
    dataset.notes.annotations.entries.merge(annotations.entries) { mine, _ in mine }
  }
}
