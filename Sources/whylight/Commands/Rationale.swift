internal import Datasets
internal import Documents
internal import Tokenizers

/// Which tokens people gave as the reason, from a record's field `rationale`: a list of zeros and
/// ones for the words of `tokens`, or a list of `[start, end]` in UTF-8 bytes of the text.
enum Rationale {
  static let field = "rationale"

  /// One a token; nil where the record has no such field or it can't be read as one.
  static func tokens(of record: TextRecord, encoding: Encoding) -> [Bool]? {
    guard let value = record.fields.first(where: { $0.key == field })?.value,
      case .array(let items) = value
    else { return nil }
    let spans: [Range<Int>]
    if case .words(let words) = record.content, items.count == words.count,
      items.allSatisfy({ $0.mark != nil })
    {
      spans = marked(items, words: words)
    } else {
      spans = items.compactMap(span)
      guard spans.count == items.count else { return nil }
    }
    return encoding.pieces.map { piece in
      !piece.isFrame && !piece.utf8Range.isEmpty
        && spans.contains { $0.overlaps(piece.utf8Range) }
    }
  }

  /// Words stand in the text with single spaces between them.
  private static func marked(_ items: [JSON], words: [String]) -> [Range<Int>] {
    var start = 0
    var spans: [Range<Int>] = []
    for (item, word) in zip(items, words) {
      let end = start + word.utf8.count
      if item.mark == true { spans.append(start..<end) }
      start = end + 1
    }
    return spans
  }

  private static func span(_ item: JSON) -> Range<Int>? {
    guard case .array(let ends) = item, ends.count == 2,
      case .integer(let start) = ends[0], case .integer(let end) = ends[1], start <= end
    else { return nil }
    return start..<end
  }
}

extension JSON {
  /// A yes or no, also as a number; nil for anything else.
  fileprivate var mark: Bool? {
    switch self {
    case .bool(let value): value
    case .integer(let value): value > 0
    case .number(let value): value > 0
    case .float(let value): value > 0
    default: nil
    }
  }
}
