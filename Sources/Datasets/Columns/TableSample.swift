internal import Documents

/// The first rows of a table, from which the roles of its columns are inferred.
struct TableSample {
  /// In the file's order.
  let columns: [String]
  /// Keys that occur more than once in an object.
  let repeatedKeys: [String]
  private let values: [String: [JSON]]
  /// The first bad line.
  private let firstBad: (line: Int, problem: TextLineProblem)?

  /// Enough to tell sentences from names; a class that first occurs later is no problem.
  static let size = 200

  init(_ lines: [TableLine]) {
    var columns: [String] = []
    var values: [String: [JSON]] = [:]
    var repeated: [String] = []
    var firstBad: (line: Int, problem: TextLineProblem)?
    for line in lines {
      switch line {
      case .bad(let number, let problem): firstBad = firstBad ?? (number, problem)
      case .row(let row):
        var keys: Set<String> = []
        for field in row.fields {
          if !keys.insert(field.key).inserted, !repeated.contains(field.key) {
            repeated.append(field.key)
          }
          if values[field.key] == nil { columns.append(field.key) }
          values[field.key, default: []].append(field.value)
        }
      }
    }
    self.firstBad = firstBad
    self.columns = columns
    repeatedKeys = repeated
    self.values = values
  }

  /// Why there is no row at all.
  var emptiness: TextFileError {
    firstBad.map { .noReadableRow(line: $0.line, $0.problem) } ?? .noRows
  }

  /// Whether the columns are only numbered.
  var hasNoNames: Bool { columns == (0..<columns.count).map { String($0 + 1) } }

  func values(of column: String) -> [JSON] { values[column] ?? [] }

  /// The column that the user names, ignoring case.
  /// - Throws: `TextFileError.noSuchColumn`.
  func named(_ name: String) throws -> String {
    if columns.contains(name) { return name }
    guard let column = columns.first(where: { $0.lowercased() == name.lowercased() }) else {
      throw TextFileError.noSuchColumn(name: name, columns: columns)
    }
    return column
  }

  /// The columns with one of these names, the most likely name first.
  func columns(called names: [String]) -> [String] {
    names.flatMap { name in columns.filter { $0.lowercased() == name } }
  }

  /// The text column by its contents: the only one, or the one with the longest sentences.
  func textColumn(otherThan taken: [String?] = []) -> String? {
    let free = columns.filter { !taken.contains($0) }
    if columns.count == 1 { return free.first }
    let prose = free.map { ($0, proseLength(of: $0)) }.filter { $0.1 > 0 }
    return prose.max { $0.1 < $1.1 }?.0
  }

  /// The text column; nil if no column looks like texts.
  /// - Parameter taken: columns with another role.
  /// - Throws: `TextFileError.noSuchColumn`.
  func textPlace(
    _ wish: TextPlace.Wish, otherThan taken: [String?] = [], isJSON: Bool
  ) throws -> TextPlace? {
    if let place = try TextPlace(self, wish, isJSON: isJSON) { return place }
    let pair = try wish.pair.map { try named($0) }
    return textColumn(otherThan: taken + [pair]).map { TextPlace(column: $0, pair: pair) }
  }

  /// The mean length of a column whose values mostly have several words; otherwise 0.
  private func proseLength(of column: String) -> Double {
    let texts = texts(of: column)
    let sentences = texts.count { $0.split(separator: " ").count >= 3 }
    guard !texts.isEmpty, 2 * sentences >= values(of: column).count else { return 0 }
    return Double(texts.reduce(0) { $0 + $1.utf8.count }) / Double(texts.count)
  }

  /// Whether a column mostly contains sentences rather than dates or places.
  func isProse(_ column: String) -> Bool {
    let sentences = texts(of: column).count { text in
      text.split(separator: " ").count { $0.allSatisfy(\.isLetter) } >= 4
    }
    return sentences > 0 && 2 * sentences > values(of: column).count
  }

  /// Whether a column contains words rather than numbers.
  func holdsWords(_ column: String) -> Bool {
    texts(of: column).contains { $0.contains(where: \.isLetter) }
  }

  private func texts(of column: String) -> [String] {
    values(of: column).compactMap { value in
      if case .string(let text) = value { text } else { nil }
    }
  }
}
