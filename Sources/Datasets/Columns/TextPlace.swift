/// Where a file has its texts; the same for all commands.
struct TextPlace: Sendable {
  /// nil for `text` or `tokens` of an object.
  let column: String?
  /// The name of the column, for messages.
  let name: String?
  /// The column of the second text; nil if there is none.
  private(set) var pair: String?

  /// What the user specifies, and what the model reads.
  struct Wish: Sendable {
    /// Columns named by the user.
    var text: String?
    var pair: String?
    /// Whether a second text is read if there is one beside the first.
    var readsPairs = false
  }

  /// By the user's choice, by the convention for JSON objects, or by name; nil if the contents of
  /// the columns have to decide.
  /// - Throws: `TextFileError.noSuchColumn`.
  init?(_ sample: TableSample, _ wish: Wish, isJSON: Bool) throws {
    let pair = try wish.pair.map { try sample.named($0) }
    if let named = wish.text {
      column = try sample.named(named)
      name = column
    } else if isJSON, let field = ["text", "tokens"].first(where: sample.columns.contains) {
      column = nil
      name = field
    } else if let first = pair.flatMap(sample.partner)
      ?? (wish.readsPairs ? sample.likelyPair?.first : nil)
    {
      column = first
      name = column
    } else if let likely = sample.likelyText, likely != pair {
      column = likely
      name = likely
    } else {
      return nil
    }
    self.pair = pair ?? sample.second(beside: name, wish, isJSON: isJSON)
  }

  init(column: String, pair: String? = nil) {
    self.column = column
    self.pair = pair
    name = column
  }

  init() {
    column = nil
    name = nil
  }

  /// The columns that are read.
  var columns: [String] { [name, pair].compactMap(\.self) }
}

extension TableSample {
  /// Two columns with names of a pair of texts. If a name may also be that of labels, the column
  /// counts as text only if it contains sentences, or if there are other labels beside it.
  var likelyPair: (first: String, second: String)? {
    for pair in ColumnNames.pairs {
      guard let first = columns(called: [pair.first]).first,
        let second = columns(called: [pair.second]).first, isText(second)
      else { continue }
      return (first, second)
    }
    return nil
  }

  private func isText(_ column: String) -> Bool {
    let doubtful = ColumnNames.labels + ColumnNames.rationales
    guard doubtful.contains(column.lowercased()) else { return holdsWords(column) }
    return isProse(column) && columns(called: ColumnNames.labels).contains { $0 != column }
  }

  /// The first text of the pair whose second text has this name.
  fileprivate func partner(of second: String) -> String? {
    ColumnNames.pairs.lazy.filter { $0.second == second.lowercased() }
      .compactMap { columns(called: [$0.first]).first }.first
  }

  /// The column of the second text, for messages; for objects, one of its possible names.
  func pairColumn(of place: TextPlace) -> String? {
    if place.pair != nil || place.column != nil { return place.pair }
    return ColumnNames.pairFields.first { columns.contains($0) && holdsWords($0) }
  }

  /// The second text beside the first, unless the user names it.
  fileprivate func second(
    beside first: String?, _ wish: TextPlace.Wish, isJSON: Bool
  ) -> String? {
    // In an object with `text`, it is looked up in each row.
    guard let first, wish.readsPairs, !(isJSON && wish.text == nil && first == "text") else {
      return nil
    }
    return ColumnNames.pairs.lazy.filter { $0.first == first.lowercased() }
      .compactMap { columns(called: [$0.second]).first { isText($0) } }.first
  }
}

extension TableSample {
  /// The column with a typical name of texts; the first text of a pair.
  var likelyText: String? {
    let pair = ColumnNames.pairs.first { columns(called: [$0, $1]).count == 2 }
    if !columns(called: ["text"]).isEmpty { return columns(called: ["text"]).first }
    return pair.flatMap { columns(called: [$0.first]).first }
      ?? columns(called: ColumnNames.texts).first
  }

  /// Other columns with texts: the second of a pair that the model does not read, or a title. They
  /// are not passed to the model.
  func unreadTexts(beside text: TextPlace, taken: [String?]) -> [String] {
    var known = Set(ColumnNames.texts + ColumnNames.pairs.flatMap { [$0.first, $0.second] })
    // the same text, split into words
    known.subtract(["tokens", "words", "text"])
    return columns.filter { column in
      let isPair = text.column == nil && ColumnNames.pairFields.contains(column.lowercased())
      guard !text.columns.contains(column), !isPair, !taken.contains(column),
        !ColumnNames.rationales.contains(column.lowercased()),
        !["text", "tokens", "words"].contains(column.lowercased())
      else { return false }
      return known.contains(column.lowercased()) ? holdsWords(column) : isProse(column)
    }
  }
}
