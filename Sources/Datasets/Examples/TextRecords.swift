internal import Documents

extension TextFormat {
  /// The texts of a file, for who asks for nothing but texts.
  ///
  /// JSON objects have their text in `text` or their words in `tokens`; other files, and objects with
  /// neither, have it in the column that is named or that looks like it.
  /// - Parameters:
  ///   - understood: called once, before the first line.
  /// - Throws: `TextFileError` where there is no such column; what the source throws.
  public func readTexts(
    _ source: inout TableSource, textColumn: String? = nil,
    understood: (TextFacts) -> Void = { _ in }, _ body: (TextLine) throws -> Void
  ) throws {
    try readInSample(&source) { lines -> TextPlace in
      guard !lines.isEmpty else { throw TextFileError.noRows }
      let sample = TableSample(lines)
      let found =
        try TextPlace(sample, named: textColumn, isJSON: isJSON)
        ?? sample.textColumn().map(TextPlace.init(column:))
      guard found != nil || isJSON || sample.columns.isEmpty else {
        throw TextFileError.noTextColumn(columns: sample.columns)
      }
      let place = found ?? TextPlace()
      let others = sample.columns(called: ColumnNames.labels + ColumnNames.ids)
      understood(
        TextFacts(
          unreadTexts: sample.unreadTexts(beside: place, taken: others),
          repeatedKeys: sample.repeatedKeys))
      return place
    } body: { line, place in
      switch line {
      case .bad(let number, let problem): try body(.bad(line: number, problem))
      case .row(let row): try body(row.textLine(column: place.column))
      }
    }
  }

  /// Reads with the first lines held back until `examine` has made a plan of them.
  /// - Parameter limit: the reading ends after so many lines.
  @discardableResult
  func readInSample<Plan>(
    _ source: inout TableSource, limit: Int? = nil, _ examine: ([TableLine]) throws -> Plan,
    body: (TableLine, Plan) throws -> Void
  ) throws -> Plan {
    var held: [TableLine] = []
    var plan: Plan?
    var count = 0
    func begin() throws -> Plan {
      let made = try examine(held)
      plan = made
      for line in held { try body(line, made) }
      held = []
      return made
    }
    do {
      try read(&source) { line in
        if count == limit { throw LimitReached() }
        count += 1
        if let plan { return try body(line, plan) }
        held.append(line)
        if held.count == TableSample.size { _ = try begin() }
      }
    } catch is LimitReached {}
    return try plan ?? begin()
  }
}

/// How a file of texts was understood, to be told to the user.
public struct TextFacts: Sendable {
  /// Columns that hold texts, too, and are not read.
  public var unreadTexts: [String]
  /// Keys that an object has more than once: the last one counts.
  public var repeatedKeys: [String]
}

private struct LimitReached: Error {}

extension TableRow {
  /// - Parameter column: where the text is; nil where it is in `text` or `tokens`.
  fileprivate func textLine(column: String?) -> TextLine {
    switch column.map({ content(ofColumn: $0) }) ?? contentByContract() {
    case .failure(let problem): return .bad(line: line, problem)
    case .success(let content):
      let used = column.map { [$0] } ?? ["tokens", "text"]
      return .record(
        TextRecord(
          line: line, content: content, fields: fields.filter { !used.contains($0.key) }))
    }
  }

  /// `tokens` wins: whoever split a text already may hand the text itself through for reference.
  func contentByContract() -> Result<TextRecord.Content, TextLineProblem> {
    switch (self["tokens"], self["text"]) {
    case (.array(let values)?, _): Self.words(values)
    case (nil, .string(let text)?), (.null?, .string(let text)?): .success(.text(text))
    case (nil, nil), (.null?, nil): .failure(.noText)
    case (nil, _), (.null?, _): .failure(.textNotAString)
    default: .failure(.tokensNotStrings)
    }
  }

  /// The text of a column; a list of strings is words.
  func content(ofColumn column: String) -> Result<TextRecord.Content, TextLineProblem> {
    switch self[column] {
    case nil, .null?: .failure(.noField(column: column))
    case .string(let text)?: .success(.text(text))
    case .array(let values)?: Self.words(values)
    default: .failure(.textNotAString)
    }
  }

  private static func words(_ values: [JSON]) -> Result<TextRecord.Content, TextLineProblem> {
    var words: [String] = []
    for case .string(let word) in values { words.append(word) }
    return words.count == values.count ? .success(.words(words)) : .failure(.tokensNotStrings)
  }
}
