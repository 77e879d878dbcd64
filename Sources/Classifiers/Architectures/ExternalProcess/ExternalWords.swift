internal import Synchronization
internal import Tokenizers

/// Numbers the words of all texts so far: classifiers work with ids, external programs with words.
///
/// A word includes the white space around it, so that concatenating the words of a text gives the
/// typed text, or what is left of it after deletions.
final class ExternalWords: Sendable {
  struct Word: Hashable {
    /// Verbatim.
    var text: String
    var before = ""
    var after = ""
    /// Whether the text starts with it.
    var isFirst = false
    /// The name of a token given by the program or the user; nil for a word.
    var token: String?
  }

  let mask: Int?
  let unknown: Int?
  private let store: Mutex<Store>

  private struct Store {
    var ids: [Word: Int] = [:]
    var words: [Word] = []

    mutating func id(of word: Word) -> Int {
      if let id = ids[word] { return id }
      words.append(word)
      ids[word] = words.count - 1
      return words.count - 1
    }
  }

  init(mask: String?, unknown: String?) {
    var store = Store()
    self.mask = mask.map { store.id(of: Word(text: $0, before: " ", token: $0)) }
    self.unknown = unknown.map { store.id(of: Word(text: $0, before: " ", token: $0)) }
    self.store = Mutex(store)
  }

  func id(of word: Word) -> Int { store.withLock { $0.id(of: word) } }

  /// The names of all words by id.
  var vocabulary: [String] { store.withLock { $0.words.map { $0.token ?? $0.text } } }

  /// A row of tokens in the form that the program takes; tokens of type 1 are a second text.
  /// - Throws: `ClassifierError.tokenOutOfVocabulary`.
  func row(_ tokens: [Token], asTokens takesTokens: Bool) throws -> ExternalRow {
    let all = try store.withLock { store in
      try tokens.map { token in
        guard store.words.indices.contains(token.id) else {
          throw ClassifierError.tokenOutOfVocabulary(id: token.id, vocabulary: store.words.count)
        }
        return store.words[token.id]
      }
    }
    if tokens.contains(where: { $0.type != 0 }) {
      let texts = [0, 1].map { type in
        zip(tokens, all).filter { $0.type == type && $1 != Self.separator }.map(\.1)
      }
      return .pair(Self.parts(of: texts[0]).joined(), Self.parts(of: texts[1]).joined())
    }
    let words = all
    // Replacements for absent words are tokens as well, and may occur in any row.
    if takesTokens, !words.isEmpty, words.allSatisfy({ $0.token != nil }) {
      return .tokens(words.compactMap(\.token))
    }
    return .text(Self.parts(of: words).joined())
  }

  /// The separator between two texts, which belongs to neither.
  static let separator = Word(text: "")

  private static func parts(of words: [Word]) -> [String] {
    words.enumerated().map { index, word in
      (index > 0 || word.isFirst ? word.before : "") + word.text + word.after
    }
  }
}

/// An input of the program.
enum ExternalRow: Sendable {
  case text(String)
  case pair(String, String)
  case tokens([String])

  /// Rows of different kinds cannot be in one request.
  enum Kind: CaseIterable { case text, pair, tokens }

  var kind: Kind {
    switch self {
    case .text: .text
    case .pair: .pair
    case .tokens: .tokens
    }
  }
}
