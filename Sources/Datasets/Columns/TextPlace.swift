/// Where a file has its texts, the same for all commands.
struct TextPlace: Sendable {
  /// nil where it is `text` or `tokens` of an object.
  let column: String?
  /// What the column is called for the user.
  let name: String?
  /// The column of the second text; nil where there is none.
  private(set) var pair: String?

  /// What the user says of it, and what the model wants.
  struct Wish: Sendable {
    /// Columns that the user names.
    var text: String?
    var pair: String?
    /// A second text is read where one stands beside the first.
    var readsPairs = false
  }

  /// By the user's word, by the contract of JSON objects, or by its name; nil where what the columns
  /// hold has to tell.
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
  /// Two columns that are called like a pair of texts. One that may be called like labels is text only
  /// where it holds sentences, or where other labels stand beside it.
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

  /// The first text of the pair that a column is the second of, by their names.
  fileprivate func partner(of second: String) -> String? {
    ColumnNames.pairs.lazy.filter { $0.second == second.lowercased() }
      .compactMap { columns(called: [$0.first]).first }.first
  }

  /// The column of the second text, as the user is told; of objects one of its names.
  func pairColumn(of place: TextPlace) -> String? {
    if place.pair != nil || place.column != nil { return place.pair }
    return ColumnNames.pairFields.first { columns.contains($0) && holdsWords($0) }
  }

  /// The second text beside the first, where nobody named it.
  fileprivate func second(
    beside first: String?, _ wish: TextPlace.Wish, isJSON: Bool
  ) -> String? {
    // In an object beside `text` it is looked for row by row.
    guard let first, wish.readsPairs, !(isJSON && wish.text == nil && first == "text") else {
      return nil
    }
    return ColumnNames.pairs.lazy.filter { $0.first == first.lowercased() }
      .compactMap { columns(called: [$0.second]).first { isText($0) } }.first
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

  /// Further columns that hold texts: the second of a pair that the model does not read, or a title. No
  /// model gets to read them.
  func unreadTexts(beside text: TextPlace, taken: [String?]) -> [String] {
    var known = Set(ColumnNames.texts + ColumnNames.pairs.flatMap { [$0.first, $0.second] })
    // the same text once more, split into words
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
