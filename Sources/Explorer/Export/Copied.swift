internal import Reports
public import TerminalUI
internal import Workbench

/// The forms that content can be copied in.
package enum CopyForm: Sendable, Equatable {
  /// Lines of text, for a message or a text file.
  case text
  /// Cells separated by tabs, for a spreadsheet.
  case table
  /// The cells of the screen, with ANSI escape sequences for the colours.
  case colours

  var words: String {
    switch self {
    case .text: "as text"
    case .table: "as a table"
    case .colours: "with colours"
    }
  }
}

/// Content for the clipboard.
public enum Copied: Sendable, Equatable {
  case text(String)
  /// Cells, to be written in the colours of the theme.
  case painted(Frame)
}

extension CopyForm {
  /// A table in this form; for `colours`, the cells that show it.
  func copy(of table: ExportedTable?, painted frame: @autoclosure () -> Frame?) -> Copied? {
    guard let table else { return nil }
    return switch self {
    case .text: .text(table.aligned)
    case .table: .text(table.tabSeparated)
    case .colours: frame().map { .painted($0) }
    }
  }
}

extension ExportedTable {
  private var lines: [[String]] { (header.isEmpty ? [] : [header]) + rows }

  /// One line per row, for a spreadsheet.
  var tabSeparated: String { lines.map { SpreadsheetCell.pasted(row: $0) + "\n" }.joined() }

  /// One line per row, with aligned columns; numbers are aligned right.
  var aligned: String {
    let columns = lines.map(\.count).max() ?? 0
    let padded = lines.map { $0 + Array(repeating: "", count: columns - $0.count) }
    guard let first = padded.first else { return "" }
    let cells = padded.dropFirst(header.isEmpty ? 0 : 1)
    let words = (0..<columns).filter { column in
      cells.contains { !$0[column].isEmpty && Double($0[column]) == nil }
    }
    return TextTable.lines(
      header: first, rows: Array(padded.dropFirst()), leftAligned: Set(words)
    ).map(\.text).joined(separator: "\n") + "\n"
  }
}

extension State {
  /// Copies the selection to the clipboard; without one, the whole text of a prompt or, on a screen, the
  /// focused pane; pressed again at once, the pane in its next form.
  mutating func copyFocus(_ effects: inout [Effect]) {
    if let text = copyTyped() {
      copiedForm = nil
      return effects.append(.copy(.text(text)))
    }
    guard overlay == nil, let (form, copied) = copy(after: copiedForm) else {
      return say("there is nothing to copy yet")
    }
    copiedForm = form
    effects.append(.copy(copied))
  }

  /// The text to copy from the field that is typed into; nil if there is none.
  private mutating func copyTyped() -> String? {
    let isPrompt = overlay != nil || fieldOfScreen == .query
    var text: String?
    editField { field in
      text = field.copySelection() ?? (isPrompt && !field.text.isEmpty ? field.text : nil)
      return .nothing
    }
    return text
  }

  mutating func cutSelection(_ effects: inout [Effect]) {
    var text: String?
    editField { field in
      text = field.copySelection()
      return text == nil ? .nothing : field.perform(.deleteForward)
    }
    guard let text else { return say("nothing is selected; Shift with an arrow selects") }
    effects.append(.copy(.text(text)))
  }

  /// The next form that has something to copy.
  private func copy(after last: CopyForm?) -> (form: CopyForm, copied: Copied)? {
    let forms = layer.copyForms(self)
    let start = last.flatMap { forms.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    for form in forms.indices.map({ forms[(start + $0) % forms.count] }) {
      guard let copied = layer.copied(self, as: form), copied != .text("") else { continue }
      return (form, copied)
    }
    return nil
  }

  /// Reports what was copied and how, and what the key does next.
  mutating func reportCopy(_ route: String) {
    guard let form = copiedForm else { return say(route) }
    let next = copy(after: form)?.form
    let key = catalog.keymap.command(for: Key(.character("y")), in: contexts)
    let name = key == .act(.copyFocus) ? "y" : catalog.keymap.keyName(of: .copyFocus)
    let more = next.flatMap { $0 == form ? nil : "; \(name) again: \($0.words)" } ?? ""
    say("\(form.words): \(route)\(more)")
  }
}
