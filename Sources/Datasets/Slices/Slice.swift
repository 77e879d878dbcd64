/// A kind of text that a model may do worse on: its name and what belongs to it.
public struct Slice: Sendable {
  /// As the user reads it: `has a number`.
  public var name: String
  /// The query that shows the same texts; nil where no query can.
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

/// An example as slices see it: its words are cut once for all of them.
public struct SliceText: QuerySubject, Sendable {
  public let text: String
  /// Lower-case words without the marks around them.
  public let words: [Substring]
  private let others: [QueryField: QueryValue]

  /// - Parameter others: fields that queries may ask besides the text and its length.
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

/// Texts to words, for counting.
public enum WordSplit {
  /// Lower-case, without punctuation at their ends; an apostrophe within stays (`don't`, `n't`).
  public static func words(of text: String) -> [Substring] {
    text.lowercased().split { !isWordPart($0) }.compactMap { word in
      guard word.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
      return word
    }
  }

  /// How many parts stand between spaces, as a query's `len` counts them.
  public static func count(of text: String) -> Int { count(of: text.utf8) }

  /// The same for a text's UTF-8 bytes.
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
