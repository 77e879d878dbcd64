package import Documents
package import Tokenizers

/// How a tokenizer read a text: each step, then the pieces with their ids.
package struct TraceReport: FactsReport {
  package let trace: TokenizationTrace
  /// The id of what the vocabulary does not hold.
  package let unknownID: Int?

  package init(trace: TokenizationTrace, unknownID: Int?) {
    self.trace = trace
    self.unknownID = unknownID
  }

  /// A step a line, a piece a line; what can't be shown stands as a mark.
  package var text: PlainText {
    var rows = [(name: "typed", value: trace.encoding.text)]
    var before = TokenizationTrace.Content.text(trace.encoding.text)
    for step in trace.steps {
      let isSame = step.content == before
      rows.append((step.name, isSame ? "no change" : Self.line(step.content)))
      before = step.content
    }
    rows += trace.encoding.pieces.map { piece in
      let note = isUnknown(piece) ? "  not in the vocabulary" : ""
      let range = "\(piece.utf8Range.lowerBound)..<\(piece.utf8Range.upperBound)"
      return ("piece", "\(piece.id)  \(piece.text)  \(range)\(note)")
    }
    if let unseen = trace.encoding.unseen {
      rows.append(("never seen", "bytes \(unseen.lowerBound)..<\(unseen.upperBound)"))
    }
    return FactLines.text(rows)
  }

  package var json: JSON {
    .object([
      .init("schema", .integer(1)),
      .init("text", .string(trace.encoding.text)),
      .init(
        "steps",
        .array(
          trace.steps.map { step in
            switch step.content {
            case .text(let text):
              .object([.init("name", .string(step.name)), .init("text", .string(text))])
            case .parts(let parts):
              .object([
                .init("name", .string(step.name)), .init("parts", .array(parts.map(JSON.string))),
              ])
            }
          })),
      .init(
        "tokens",
        .array(
          trace.encoding.pieces.map { piece in
            .object([
              .init("text", .string(piece.text)), .init("id", .integer(piece.id)),
              .init("start", .integer(piece.utf8Range.lowerBound)),
              .init("end", .integer(piece.utf8Range.upperBound)),
              .init("special", .bool(piece.isSpecial)), .init("unknown", .bool(isUnknown(piece))),
            ])
          })),
      .init(
        "unseen",
        trace.encoding.unseen.map {
          .object([
            .init("start", .integer($0.lowerBound)), .init("end", .integer($0.upperBound)),
          ])
        } ?? .null),
    ])
  }

  private func isUnknown(_ piece: Piece) -> Bool { piece.id == unknownID && !piece.isSpecial }

  private static func line(_ content: TokenizationTrace.Content) -> String {
    switch content {
    case .text(let text): text
    case .parts(let parts): parts.joined(separator: "|")
    }
  }
}
