internal import Reports
public import TerminalUI
internal import Workbench

/// What a copy can be made of.
package enum CopyForm: Sendable, Equatable {
  /// Lines as a message or a text file takes them.
  case text
  /// Cells with tabs between them, as a spreadsheet takes them.
  case table
  /// As it is on the screen, with ANSI's sequences for colours.
  case colours

  var words: String {
    switch self {
    case .text: "as text"
    case .table: "as a table"
    case .colours: "with colours"
    }
  }
}

/// What goes to the clipboard.
public enum Copied: Sendable, Equatable {
  case text(String)
  /// In the colours of the theme.
  case painted(Frame)
}

extension CopyForm {
  /// A table in this form, or what stands on the screen of it.
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

  /// A line a row, as a spreadsheet takes it.
  var tabSeparated: String { lines.map { SpreadsheetCell.pasted(row: $0) + "\n" }.joined() }

  /// A line a row, columns below each other; numbers stand at the right.
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
  /// The selection goes to the clipboard; without one all that stands in a prompt, or on a screen what has the
  /// focus, again at once in the next form that it has.
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

  /// What of the field that is typed into is to be copied; nil where nothing is.
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

  /// The next form that there is something to copy in.
  private func copy(after last: CopyForm?) -> (form: CopyForm, copied: Copied)? {
    let forms = layer.copyForms(self)
    let start = last.flatMap { forms.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    for form in forms.indices.map({ forms[(start + $0) % forms.count] }) {
      guard let copied = layer.copied(self, as: form), copied != .text("") else { continue }
      return (form, copied)
    }
    return nil
  }

  /// What was copied, on which way it went, and what the key does next.
  mutating func noteCopied(_ route: String) {
    guard let form = copiedForm else { return say(route) }
    let next = copy(after: form)?.form
    let key = catalog.keymap.command(for: Key(.character("y")), in: contexts)
    let name = key == .act(.copyFocus) ? "y" : catalog.keymap.keyName(of: .copyFocus)
    let more = next.flatMap { $0 == form ? nil : "; \(name) again: \($0.words)" } ?? ""
    say("\(form.words): \(route)\(more)")
  }
}
