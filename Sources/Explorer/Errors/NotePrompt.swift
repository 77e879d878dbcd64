internal import Datasets
internal import TerminalUI

/// Asks for a new label and a note: typing picks the label, Tab goes on to the note.
struct NotePrompt: Sendable {
  enum Field: Sendable { case label, note }

  /// Rows of the table.
  let rows: [Int]
  let classes: [String]
  let isMultiLabel: Bool
  var field = Field.label
  /// What narrows the classes.
  var label: TextEditor
  var note: TextEditor
  /// The class at the cursor; nil is no new label.
  private(set) var selected: Int?
  /// What was selected before anything was typed.
  private let offered: Int?
  /// The classes that make up the new label, where a text has several.
  private(set) var chosen: Set<Int>

  /// - Parameters:
  ///   - offered: the class that is selected first; nil is no new label.
  ///   - chosen: where a text has several classes, those of the label that there is.
  init(
    rows: [Int], classes: [String], note: String, offered: Int?, chosen: Set<Int>,
    isMultiLabel: Bool, isPlain: Bool
  ) {
    self.rows = rows
    self.classes = classes
    self.isMultiLabel = isMultiLabel
    self.offered = offered
    self.chosen = chosen
    selected = offered
    label = TextEditor(isSingleLine: true, isPlain: isPlain)
    self.note = TextEditor(note, isSingleLine: true, isPlain: isPlain)
  }

  /// The lines to choose from: nil is no new label, then the classes; while something is typed only
  /// classes that contain it, those that begin so first.
  var lines: [Int?] {
    let typed = Self.folded(label.text)
    guard !typed.isEmpty else { return [nil] + classes.indices.map(Optional.some) }
    let names = classes.map(Self.folded)
    let begin = names.indices.filter { names[$0].hasPrefix(typed) }
    let contain = names.indices.filter { !begin.contains($0) && names[$0].contains(typed) }
    return (begin.sorted { names[$0].count < names[$1].count } + contain).map(Optional.some)
  }

  /// The line at the cursor.
  var line: Int { lines.firstIndex { $0 == selected } ?? 0 }

  /// What was typed is part of no class's name.
  var isUnknown: Bool { lines.isEmpty }

  mutating func select(line: Int) {
    guard let found = lines.element(at: line) else { return }
    selected = found
  }

  /// A key of the field that has the keys.
  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    guard field == .label else {
      _ = edit(&note)
      return
    }
    guard edit(&label) == .edited else { return }
    selected = Self.folded(label.text).isEmpty ? offered : lines.first ?? nil
  }

  /// Tab.
  mutating func changeField() { field = field == .label ? .note : .label }

  /// Where a text has several classes, Space takes the one at the cursor, unless it is typed as a
  /// part of a name.
  var takesSpace: Bool {
    guard isMultiLabel, field == .label else { return false }
    let typed = Self.folded(label.text) + " "
    return !classes.contains { Self.folded($0).contains(typed) }
  }

  /// The class at the cursor is part of the label, or no more.
  mutating func toggle() {
    guard isMultiLabel, let selected else { return }
    if chosen.remove(selected) == nil { chosen.insert(selected) }
    label = TextEditor(isSingleLine: true, isPlain: label.layout.isPlain)
  }

  /// What is written down. A note that is no more than a class's name is meant as the label.
  var entry: Annotations.Entry {
    var indices = isMultiLabel ? chosen : Set([selected].compactMap(\.self))
    if isMultiLabel, let selected, !label.text.isEmpty { indices.insert(selected) }
    var note = note.text
    if indices.isEmpty,
      let named = classes.firstIndex(where: { Self.folded($0) == Self.folded(note) })
    {
      indices = [named]
      note = ""
    }
    let label = indices.sorted().compactMap { classes.element(at: $0) }.joined(separator: "|")
    return Annotations.Entry(
      note: note.isEmpty ? nil : note, label: label.isEmpty ? nil : label)
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace }.joined(separator: " ")
  }
}
