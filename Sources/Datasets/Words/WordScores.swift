/// How much each word of a text speaks for a class, as an explainer says.
public struct WordScores: Sendable, Equatable {
  public struct Word: Sendable, Equatable {
    /// UTF-8 offsets into the text, end exclusive; of a pair into the layout of both texts
    /// (`JoinedTexts`).
    public var utf8Range: Range<Int>
    /// Positive speaks for the class.
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

  /// The words as a reader counts them: lower-case, without the marks around them, the scores of a
  /// word that stands more than once added up; in the order of their first place.
  /// - Parameter text: of a pair the layout of both.
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

  /// What is nothing but marks stays as it is: an exclamation mark is evidence too.
  private static func name(_ text: String) -> String {
    let lower = text.lowercased().trimmingSpaces
    guard lower.contains(where: { $0.isLetter || $0.isNumber }) else { return lower }
    var rest = lower[...]
    while let first = rest.first, !first.isLetter, !first.isNumber { rest.removeFirst() }
    while let last = rest.last, !last.isLetter, !last.isNumber { rest.removeLast() }
    return String(rest)
  }
}

/// The words that speak most for what a model says of a text.
public struct Evidence: Sendable, Equatable {
  public struct Word: Sendable, Equatable {
    public var text: String
    /// It speaks for what the model says; else against.
    public var isFor: Bool

    public init(_ text: String, isFor: Bool = true) {
      self.text = text
      self.isFor = isFor
    }
  }

  /// So many are kept.
  public static let limit = 3

  /// What speaks for the class, the strongest first; where that is less than `limit`, what speaks
  /// against it most follows.
  public var words: [Word]

  public init(_ words: [Word]) {
    self.words = words
  }

  public init(_ scores: WordScores, text: String) {
    self.init(named: scores.byName(in: text))
  }

  /// Of scores that have their names.
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

  /// Where they are names of several words.
  var searchedParts: String { TextParts.searched(words.map(\.text)) }

  /// As a query sees it: ` profit shares quarter `, each word between spaces.
  var searched: String { words.isEmpty ? "" : " \(words.map(\.text).joined(separator: " ")) " }
}
