package import Documents
package import Tokenizers

/// How a tokenizer processed a text: each step, then the pieces with their ids.
package struct TraceReport: FactsReport {
  package let trace: TokenizationTrace
  /// The id of tokens that are not in the vocabulary.
  package let unknownID: Int?

  package init(trace: TokenizationTrace, unknownID: Int?) {
    self.trace = trace
    self.unknownID = unknownID
  }

  /// A line for each step and each piece; invisible characters are shown as marks.
  package var text: PlainText {
    let texts = trace.encoding.texts
    var rows = texts.enumerated().map { (name: Self.name("typed", $0), value: $1) }
    var before = texts.map(TokenizationTrace.Content.text)
    for step in trace.steps where before.indices.contains(step.part) {
      let isSame = step.content == before[step.part]
      rows.append(
        (Self.name(step.name, step.part), isSame ? "no change" : Self.line(step.content)))
      before[step.part] = step.content
    }
    rows += trace.encoding.pieces.map { piece in
      let note = isUnknown(piece) ? "  not in the vocabulary" : ""
      let range = "\(piece.utf8Range.lowerBound)..<\(piece.utf8Range.upperBound)"
      return (Self.name("piece", piece.part), "\(piece.id)  \(piece.text)  \(range)\(note)")
    }
    for part in texts.indices {
      if let unseen = trace.encoding.unseen(in: part) {
        rows.append(
          (
            Self.name("not read", part), "bytes \(unseen.lowerBound)..<\(unseen.upperBound)"
          ))
      }
    }
    return FactLines.text(rows)
  }

  package var json: JSON {
    .object([
      .init("schema", .integer(1)),
      .init("text", .string(trace.encoding.text)),
      .init("pair", trace.encoding.pair.map(JSON.string) ?? .null),
      .init(
        "steps",
        .array(
          trace.steps.map { step in
            switch step.content {
            case .text(let text):
              .object([
                .init("name", .string(step.name)), .init("part", .integer(step.part)),
                .init("text", .string(text)),
              ])
            case .parts(let parts):
              .object([
                .init("name", .string(step.name)), .init("part", .integer(step.part)),
                .init("parts", .array(parts.map(JSON.string))),
              ])
            }
          })),
      .init(
        "tokens",
        .array(
          trace.encoding.pieces.map { piece in
            .object([
              .init("text", .string(piece.text)), .init("id", .integer(piece.id)),
              .init("part", .integer(piece.part)), .init("type", .integer(piece.type)),
              .init("start", .integer(piece.utf8Range.lowerBound)),
              .init("end", .integer(piece.utf8Range.upperBound)),
              .init("special", .bool(piece.isSpecial)), .init("unknown", .bool(isUnknown(piece))),
            ])
          })),
      .init("unseen", unseen(in: 0)), .init("pair_unseen", unseen(in: 1)),
    ])
  }

  private func unseen(in part: Int) -> JSON {
    trace.encoding.unseen(in: part).map(ResultJSON.range) ?? .null
  }

  private static func name(_ name: String, _ part: Int) -> String {
    part == 0 ? name : "\(name) 2"
  }

  private func isUnknown(_ piece: Piece) -> Bool { piece.id == unknownID && !piece.isSpecial }

  private static func line(_ content: TokenizationTrace.Content) -> String {
    switch content {
    case .text(let text): text
    case .parts(let parts): parts.joined(separator: "|")
    }
  }
}
