internal import Documents

/// One JSON object a line.
struct JSONLines: TextFormat {
  let name = "jsonl"
  let endings = ["jsonl", "ndjson"]

  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws {
    try source.forEachLine { number, line in
      switch line {
      case .failure(let problem): try body(.bad(line: number, problem))
      case .success(let text) where text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }): break
      case .success(let text): try body(Self.row(text, line: number))
      }
    }
  }

  private static func row(_ text: String, line: Int) -> TableLine {
    guard let value = try? JSON(Array(text.utf8)) else { return .bad(line: line, .notJSON) }
    guard case .object(let members) = value else { return .bad(line: line, .notAnObject) }
    return .row(TableRow(line: line, fields: members))
  }
}
