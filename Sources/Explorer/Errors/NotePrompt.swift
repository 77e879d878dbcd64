internal import Classifiers
internal import Datasets
internal import TerminalUI

/// Asks for a new label and a note: typing writes the note, the arrows choose the label.
struct NotePrompt: Sendable {
  /// Rows of the table.
  var rows: [Int]
  var field: TextEditor
  /// 0 is no new label, then the classes.
  var selected: Int
  /// The classes that make up the new label, where a text has several.
  var chosen: Set<Int> = []
  let isMultiLabel: Bool

  /// Tab: the class at the cursor is part of the label, or no more.
  mutating func toggle() {
    guard isMultiLabel, selected > 0 else { return }
    if chosen.remove(selected - 1) == nil { chosen.insert(selected - 1) }
  }

  /// What is written down.
  func entry(classes: [String]) -> Annotations.Entry {
    let indices = isMultiLabel ? chosen.sorted() : selected > 0 ? [selected - 1] : []
    let label = indices.compactMap { classes.element(at: $0) }.joined(separator: "|")
    let note = field.text
    return Annotations.Entry(
      note: note.isEmpty ? nil : note, label: label.isEmpty ? nil : label)
  }
}

/// New labels and notes.
extension State {
  mutating func openNote() {
    guard let table = errors.table, let row = noteRow else { return say("no row is selected") }
    let rows = errors.isInDrawer || errors.marked.isEmpty ? [row] : errors.marked.sorted()
    let example = table[rows[0]]
    let entry = errors.annotations.entries[example.fileRow]
    let isMultiLabel = summary?.link == .sigmoid
    let names = entry?.label?.split(separator: "|").map(String.init) ?? []
    let labels = isMultiLabel ? names : entry?.label.map { [$0] } ?? []
    let chosen = labels.compactMap { table.classes.firstIndex(of: $0) }
    var selected = chosen.first.map { $0 + 1 } ?? 0
    // what is suspected of a label is offered
    if entry?.label == nil, let suspect = selectedSuspect { selected = suspect.suggested + 1 }
    overlay = .note(
      NotePrompt(
        rows: rows,
        field: TextEditor(entry?.note ?? "", isSingleLine: true, isPlain: abilities.isPlain),
        selected: selected, chosen: isMultiLabel ? Set(chosen) : [], isMultiLabel: isMultiLabel))
  }

  private var selectedSuspect: LabelSuspect? {
    guard errors.isInDrawer, errors.drawer == .suspects else { return nil }
    return errors.report?.suspects.element(at: errors.line.selection)
  }

  private var noteRow: Int? { selectedSuspect?.index ?? errors.selectedRow }

  mutating func accept(_ prompt: NotePrompt, _ effects: inout [Effect]) {
    overlay = nil
    guard let table = errors.table else { return }
    let entry = prompt.entry(classes: table.classes)
    var entries: [Int: Annotations.Entry] = [:]
    for row in prompt.rows where row < table.count {
      errors.annotations.entries[table.fileRow(row)] = entry.isEmpty ? nil : entry
      entries[row] = entry
    }
    // until the world says that they are kept
    errors.unkept.formUnion(entries.keys)
    effects.append(.dataset(.keep(entries)))
    let rows = entries.count == 1 ? "the row" : "\(entries.count) rows"
    say(entry.isEmpty ? "nothing is noted of \(rows) any more" : "noted of \(rows)")
  }

  mutating func take(_ kept: [Int], problem: String?) {
    errors.keepingProblem = problem
    guard problem == nil else {
      message = Message(kind: .error, text: "the note is not kept: \(problem ?? "")")
      return
    }
    errors.unkept.subtract(kept)
  }

  /// What was written before, also of the same text in another data set.
  mutating func take(_ annotations: Annotations) {
    errors.annotations.entries.merge(annotations.entries) { mine, _ in mine }
  }
}
