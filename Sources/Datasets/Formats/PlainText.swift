/// One text a line.
struct PlainText: TextFormat {
  let endings = ["txt"]

  func read(_ bytes: [UInt8], _ body: (TextLine) throws -> Void) throws {
    for line in Self.lines(of: bytes) {
      guard let text = String(validating: line.bytes, as: UTF8.self) else {
        try body(.bad(line: line.number, .notUTF8))
        continue
      }
      try body(.record(TextRecord(line: line.number, content: .text(text))))
    }
  }
}
