/// A kind of text on which a model may do worse: its name and its condition.
public struct Slice: Sendable {
  /// The name for the user: `has a number`.
  public var name: String
  /// The query that selects the same texts; nil if there is none.
  public var query: String?
  private let contains: @Sendable (SliceText) -> Bool

  public init(
    _ name: String, query: String? = nil, contains: @escaping @Sendable (SliceText) -> Bool
  ) {
    self.name = name
    self.query = query
    self.contains = contains
  }

  /// What a query finds; without a name as a slice of the user's own.
  public init(_ query: Query, name: String? = nil) {
    self.init(name ?? query.text, query: query.text) { query.matches($0) }
  }

  public func contains(_ text: SliceText) -> Bool { contains(text) }
}

/// An example as slices read it; its words are split once for all of them.
public struct SliceText: QuerySubject, Sendable {
  public let text: String
  /// Lower-case words without surrounding punctuation.
  public let words: [Substring]
  private let others: [QueryField: QueryValue]

  /// - Parameter others: values of fields other than the text and its length.
  public init(_ text: String, others: [QueryField: QueryValue] = [:]) {
    self.text = text
    words = WordSplit.words(of: text)
    self.others = others
  }

  public func value(of field: QueryField) -> QueryValue? {
    switch field {
    case .text: .text(text)
    case .len: others[.len] ?? .number(Double(WordSplit.count(of: text)))
    default: others[field]
    }
  }
}

/// Splits texts into words, for counting.
public enum WordSplit {
  /// Lower-case words without punctuation at their ends; apostrophes inside stay (`don't`, `n't`).
  public static func words(of text: String) -> [Substring] {
    text.lowercased().split { !isWordPart($0) }.compactMap { word in
      guard word.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
      return word
    }
  }

  /// The number of parts between spaces, like a query's `len`.
  public static func count(of text: String) -> Int { count(of: text.utf8) }

  /// The same for a text in UTF-8.
  static func count(of bytes: some Sequence<UInt8>) -> Int {
    var count = 0
    var isInside = false
    for byte in bytes {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isSpace, !isInside { count += 1 }
      isInside = !isSpace
    }
    return count
  }

  private static func isWordPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "'" || character == "’"
      || character == "-"
  }
}
