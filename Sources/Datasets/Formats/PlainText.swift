internal import Documents

/// One text per line; `__label__NAME` at its start is its label, as in fastText.
struct PlainText: TextFormat {
  let name = "txt"
  let endings = ["txt"]

  private static let labelMark = "__label__"

  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws {
    try source.forEachLine { number, line in
      switch line {
      case .success(let text): try body(.row(Self.row(text, line: number)))
      case .failure(let problem): try body(.bad(line: number, problem))
      }
    }
  }

  private static func row(_ line: String, line number: Int) -> TableRow {
    var rest = line[...]
    var labels: [JSON] = []
    while rest.hasPrefix(labelMark) {
      let word = rest.prefix { !$0.isWhitespace }
      labels.append(.string(String(word.dropFirst(labelMark.count))))
      rest = rest[word.endIndex...].drop { $0.isWhitespace }
    }
    var fields = [JSON.Member("text", .string(String(rest)))]
    if !labels.isEmpty {
      fields.append(JSON.Member("label", labels.count == 1 ? labels[0] : .array(labels)))
    }
    return TableRow(line: number, fields: fields)
  }
}
