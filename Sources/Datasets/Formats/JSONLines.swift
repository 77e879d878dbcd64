internal import Documents

/// One JSON object a line: `{"text": …}` or `{"tokens": […]}`, other fields handed through.
struct JSONLines: TextFormat {
  let endings = ["jsonl", "ndjson"]

  func read(_ bytes: [UInt8], _ body: (TextLine) throws -> Void) throws {
    for line in Self.lines(of: bytes) where !line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      switch Self.record(line.bytes, line: line.number) {
      case .success(let record): try body(.record(record))
      case .failure(let problem): try body(.bad(line: line.number, problem))
      }
    }
  }

  private static func record(
    _ bytes: ArraySlice<UInt8>, line: Int
  ) -> Result<TextRecord, TextLineProblem> {
    guard String(validating: bytes, as: UTF8.self) != nil else { return .failure(.notUTF8) }
    guard let value = try? JSON(Array(bytes)) else { return .failure(.notJSON) }
    guard case .object(let members) = value else { return .failure(.notAnObject) }
    let content: TextRecord.Content
    // `tokens` wins: whoever split a text already may hand the text itself through for reference
    switch (value["tokens"], value["text"]) {
    case (.array(let values)?, _):
      var words: [String] = []
      for case .string(let word) in values { words.append(word) }
      guard words.count == values.count else { return .failure(.tokensNotStrings) }
      content = .words(words)
    case (nil, .string(let text)?), (.null?, .string(let text)?): content = .text(text)
    case (nil, nil), (.null?, nil): return .failure(.noText)
    case (nil, _), (.null?, _): return .failure(.textNotAString)
    default: return .failure(.tokensNotStrings)
    }
    let others = members.filter { $0.key != "tokens" && $0.key != "text" }
    return .success(TextRecord(line: line, content: content, fields: others))
  }
}
