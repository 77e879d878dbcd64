internal import Documents

extension TextFormat {
  /// Reads only the texts of a file.
  ///
  /// JSON objects have their text in `text` or their words in `tokens`; other files, and objects
  /// with neither, have it in the column that the user names or that looks like texts. A second
  /// text is in `pair` or `text_pair` beside `text`, in the column that the user names, or in one
  /// with a typical name.
  /// - Parameters:
  ///   - readsPairs: whether a second text is recognised by its column's name, because the model
  ///     reads pairs.
  ///   - understood: called once, before the first line.
  /// - Throws: `TextFileError` if there is no such column; errors of the source.
  public func readTexts(
    _ source: inout TableSource, textColumn: String? = nil, pairColumn: String? = nil,
    readsPairs: Bool = false, understood: (TextFacts) -> Void = { _ in },
    _ body: (TextLine) throws -> Void
  ) throws {
    try readInSample(&source) { lines -> TextPlace in
      guard !lines.isEmpty else { throw TextFileError.noRows }
      let sample = TableSample(lines)
      let wish = TextPlace.Wish(text: textColumn, pair: pairColumn, readsPairs: readsPairs)
      let found = try sample.textPlace(wish, isJSON: isJSON)
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
      case .row(let row): try body(row.textLine(place))
      }
    }
  }

  /// Reads a file; the first lines are kept until `examine` has decided how to interpret them.
  /// - Parameter limit: the number of lines after which reading ends.
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

/// How a file of texts was interpreted, to inform the user.
public struct TextFacts: Sendable {
  /// Further columns with texts, which are not read.
  public var unreadTexts: [String]
  /// Keys that occur more than once in an object; the last one counts.
  public var repeatedKeys: [String]
}

private struct LimitReached: Error {}

extension TableRow {
  fileprivate func textLine(_ place: TextPlace) -> TextLine {
    switch content(place) {
    case .failure(let problem): return .bad(line: line, problem)
    case .success(let content):
      let used =
        (place.column.map { [$0] } ?? ["tokens", "text"])
        + (content.secondText == nil ? [] : [pairColumn(place)].compactMap(\.self))
      return .record(
        TextRecord(
          line: line, content: content, fields: fields.filter { !used.contains($0.key) }))
    }
  }

  /// The text, or both texts.
  func content(_ place: TextPlace) -> Result<TextRecord.Content, TextLineProblem> {
    let first = place.column.map { content(ofColumn: $0) } ?? contentByContract()
    guard let pair = pairColumn(place) else { return first }
    return first.flatMap { first in
      content(ofColumn: pair).flatMap { second in
        guard case .text(let text) = first, case .text(let other) = second else {
          return .failure(.wordsWithPair)
        }
        return .success(.pair(text, other))
      }
    }
  }

  /// The column of the row's second text; for an object `pair` or `text_pair`, if its value is a
  /// text.
  func pairColumn(_ place: TextPlace) -> String? {
    if let pair = place.pair { return pair }
    guard place.column == nil else { return nil }
    return ColumnNames.pairFields.first { if case .string? = self[$0] { true } else { false } }
  }

  /// `tokens` takes precedence: a text that is already split may be given as well, for reference.
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
