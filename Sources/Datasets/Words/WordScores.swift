/// An explainer's scores of a text's words for a class.
public struct WordScores: Sendable, Equatable {
  public struct Word: Sendable, Equatable {
    /// UTF-8 offsets into the text, end exclusive; for a pair, into the layout of both texts
    /// (`JoinedTexts`).
    public var utf8Range: Range<Int>
    /// Positive supports the class.
    public var score: Float

    public init(utf8Range: Range<Int>, score: Float) {
      self.utf8Range = utf8Range
      self.score = score
    }
  }

  public var classIndex: Int
  /// In the order of the text.
  public var words: [Word]

  public init(classIndex: Int, words: [Word]) {
    self.classIndex = classIndex
    self.words = words
  }

  /// The words as readers count them: in lower case, without surrounding punctuation, with the
  /// scores of all occurrences added up; in the order of first occurrence.
  /// - Parameter text: for a pair, the layout of both texts.
  public func byName(in text: String) -> [(word: String, score: Float)] {
    let bytes = Array(text.utf8)
    var places: [String: Int] = [:]
    var found: [(word: String, score: Float)] = []
    for word in words where word.score.isFinite {
      let range = word.utf8Range.clamped(to: 0..<bytes.count)
      let name = Self.name(String(decoding: bytes[range], as: UTF8.self))
      guard !name.isEmpty else { continue }
      if let place = places[name] {
        found[place].score += word.score
      } else {
        places[name] = found.count
        found.append((name, word.score))
      }
    }
    return found
  }

  /// Text that is all punctuation is kept: an exclamation mark is evidence, too.
  private static func name(_ text: String) -> String {
    let lower = text.lowercased().trimmingSpaces
    guard lower.contains(where: { $0.isLetter || $0.isNumber }) else { return lower }
    var rest = lower[...]
    while let first = rest.first, !first.isLetter, !first.isNumber { rest.removeFirst() }
    while let last = rest.last, !last.isLetter, !last.isNumber { rest.removeLast() }
    return String(rest)
  }
}

/// The words of a text that contribute most to the prediction.
public struct Evidence: Sendable, Equatable {
  public struct Word: Sendable, Equatable {
    public var text: String
    /// Whether it supports the prediction; otherwise it speaks against it.
    public var isFor: Bool

    public init(_ text: String, isFor: Bool = true) {
      self.text = text
      self.isFor = isFor
    }
  }

  /// How many words are kept.
  public static let limit = 3

  /// The words that support the class most, the strongest first; if there are fewer than `limit`,
  /// followed by those that speak most against it.
  public var words: [Word]

  public init(_ words: [Word]) {
    self.words = words
  }

  public init(_ scores: WordScores, text: String) {
    self.init(named: scores.byName(in: text))
  }

  /// From scores with names.
  public init(named names: [(word: String, score: Float)]) {
    let inFavour = names.filter { $0.score > 0 }.sorted { $0.score > $1.score }
    let against = names.filter { $0.score < 0 }.sorted { $0.score < $1.score }
    words = Array(
      (inFavour.map { Word($0.word) } + against.map { Word($0.word, isFor: false) })
        .prefix(Self.limit))
  }

  /// `profit+ shares+ quarter-`
  public var text: String {
    words.map { $0.text + ($0.isFor ? "+" : "-") }.joined(separator: " ")
  }

  /// The same for names of several words.
  var searchedParts: String { TextParts.searched(words.map(\.text)) }

  /// In the form that queries search: ` profit shares quarter `, with spaces around each word.
  var searched: String { words.isEmpty ? "" : " \(words.map(\.text).joined(separator: " ")) " }
}
