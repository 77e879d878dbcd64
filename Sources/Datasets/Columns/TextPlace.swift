/// Where a file has its texts, the same for all commands.
struct TextPlace: Sendable {
  /// nil where it is `text` or `tokens` of an object.
  let column: String?
  /// What the column is called for the user.
  let name: String?

  /// By the user's word, by the contract of JSON objects, or by its name; nil where what the columns
  /// hold has to tell.
  /// - Throws: `TextFileError.noSuchColumn`.
  init?(_ sample: TableSample, named: String?, isJSON: Bool) throws {
    if let named {
      column = try sample.named(named)
      name = column
    } else if isJSON, let field = ["text", "tokens"].first(where: sample.columns.contains) {
      column = nil
      name = field
    } else if let likely = sample.likelyText {
      column = likely
      name = likely
    } else {
      return nil
    }
  }

  init(column: String) {
    self.column = column
    name = column
  }

  init() {
    column = nil
    name = nil
  }
}

extension TableSample {
  /// The column that is called like texts; of a pair of texts the first.
  var likelyText: String? {
    let pair = ColumnNames.pairs.first { columns(called: [$0, $1]).count == 2 }
    if !columns(called: ["text"]).isEmpty { return columns(called: ["text"]).first }
    return pair.flatMap { columns(called: [$0.first]).first }
      ?? columns(called: ColumnNames.texts).first
  }

  /// Further columns that hold texts: the second of a pair, or a title. No model gets to read them.
  func unreadTexts(beside text: TextPlace, taken: [String?]) -> [String] {
    var known = Set(ColumnNames.texts + ColumnNames.pairs.flatMap { [$0.first, $0.second] })
    // the same text once more, split into words
    known.subtract(["tokens", "words", "text"])
    return columns.filter { column in
      guard column != text.name, !taken.contains(column),
        !ColumnNames.rationales.contains(column.lowercased()),
        !["text", "tokens", "words"].contains(column.lowercased())
      else { return false }
      return known.contains(column.lowercased()) ? holdsWords(column) : isProse(column)
    }
  }
}
