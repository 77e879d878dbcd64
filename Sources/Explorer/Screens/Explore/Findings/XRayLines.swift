internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The lines of the X-ray page: the text after each step of the tokenizer, down to pieces and ids.
struct XRayLines {
  private(set) var lines: [FindingLine] = []
  private let columns: Int
  private let isPlain: Bool

  /// The column of the content, to the right of the step's name.
  private static let indent = 19

  init(_ state: State, columns: Int) {
    self.columns = max(30, columns - 1)
    isPlain = state.terminal.abilities.isPlain
    guard let trace = state.findings.results.trace else {
      lines = [FindingLine("reading", Style(.dim))]
      return
    }
    // The pieces come first, since they matter most.
    addPieces(trace.encoding, state)
    // One line, since the text is also in the pane above.
    add(
      "typed",
      trace.encoding.text.wrappedAsIs(columns: self.columns - Self.indent)
        .limited(rows: 1, columns: self.columns - Self.indent, state.signs.ellipsis))
    var before = TokenizationTrace.Content.text(trace.encoding.text)
    var unchanged: [String] = []
    for step in trace.steps {
      if step.content == before {
        unchanged.append(step.name)
      } else {
        add(step.name, step.content)
        before = step.content
      }
    }
    guard !unchanged.isEmpty else { return }
    let rows = unchanged.flowed(columns: self.columns - Self.indent)
    for (index, row) in rows.enumerated() {
      lines.append(
        FindingLine([
          .init(index == 0 ? "no change" : "", Style(.dim)),
          .init(row, Style(.dim), column: Self.indent),
        ]))
    }
  }

  private mutating func add(_ name: String, _ content: TokenizationTrace.Content) {
    switch content {
    case .text(let text): add(name, text.wrappedAsIs(columns: columns - Self.indent))
    case .parts(let parts):
      let bar = isPlain ? "|" : "│"
      add(name, flow(parts.map { [FindingLine.Part($0), FindingLine.Part(bar, Style(.border))] }))
    }
  }

  private mutating func add(_ name: String, _ rows: [String]) {
    for (index, row) in (rows.isEmpty ? [""] : rows).enumerated() {
      lines.append(
        FindingLine([
          .init(index == 0 ? name : "", Style(.key)), .init(row, column: Self.indent),
        ]))
    }
  }

  private mutating func add(_ name: String, _ rows: [[FindingLine.Part]]) {
    for (index, row) in (rows.isEmpty ? [[]] : rows).enumerated() {
      var row = row
      if !row.isEmpty { row[0].column = Self.indent }
      lines.append(FindingLine([.init(index == 0 ? name : "", Style(.key))] + row))
    }
  }

  /// Arranges items in rows, as many in each as fit.
  private func flow(_ items: [[FindingLine.Part]]) -> [[FindingLine.Part]] {
    let space = columns - Self.indent
    var rows: [[FindingLine.Part]] = [[]]
    var used = 0
    for item in items {
      let width = item.reduce(0) { $0 + DisplaySafe.columns(of: $1.text, isPlain: isPlain) }
      if used + width > space, used > 0 {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1] += item
      used += width
    }
    return rows
  }

  private mutating func addPieces(_ encoding: Encoding, _ state: State) {
    let unknown = state.summary?.unknownID
    let items = encoding.pieces.map { piece -> [FindingLine.Part] in
      let isUnknown = piece.id == unknown && !piece.isSpecial
      let style = isUnknown ? Style(.warning, .underline) : Style(piece.isSpecial ? .mark : .text)
      return [
        .init(piece.text.trimmed(to: 30, "~") + (isUnknown ? "?" : ""), style),
        .init(" \(piece.id)  ", Style(.dim)),
      ]
    }
    add("pieces and ids", flow(items))
    let unread = encoding.pieces.count { $0.id == unknown && !$0.isSpecial }
    if unread > 0 {
      lines.append(
        FindingLine([
          .init("unknown", Style(.warning)),
          .init(
            "\(Numerals.count(unread, "piece")) not in the vocabulary (marked ?)", Style(.warning),
            column: Self.indent),
        ]))
    }
    for (part, text) in encoding.texts.enumerated() {
      guard let unseen = encoding.unseen(in: part) else { continue }
      add(
        "not read", text.utf8Text(unseen).wrappedAsIs(columns: columns - Self.indent))
    }
  }
}

extension String {
  /// Wraps the string between words if possible, without dropping anything: spaces matter here.
  fileprivate func wrappedAsIs(columns: Int) -> [String] {
    let most = max(4, columns)
    var rows: [String] = []
    var row: [(text: Character, columns: Int)] = []
    for character in self {
      let width = max(1, DisplaySafe.columns(of: String(character)))
      if row.reduce(width, { $0 + $1.columns }) > most {
        // After the last space; a word that fills a row is broken.
        let end = (row.lastIndex { $0.text == " " }).map { $0 + 1 } ?? row.count
        rows.append(String(row[..<end].map(\.text)))
        row.removeSubrange(..<end)
      }
      row.append((character, width))
    }
    rows.append(String(row.map(\.text)))
    return rows
  }
}
