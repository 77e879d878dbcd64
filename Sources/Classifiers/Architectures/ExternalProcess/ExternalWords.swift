internal import Synchronization
internal import Tokenizers

/// The words of all texts so far by number: classifiers are asked with ids, a program with words.
///
/// A word keeps the white space around it, so that the words of a text give the text as it was typed,
/// and what is left of it after some are deleted.
final class ExternalWords: Sendable {
  struct Word: Hashable {
    /// As it stands in the text.
    var text: String
    var before = ""
    var after = ""
    /// The text begins with it.
    var isFirst = false
    /// It came as a token, from the program or from the user, under this name.
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

  /// What a row of tokens is for the program: those of type 1 are a second text.
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
    // The words that stand for absent ones are tokens too, and may stand in any row.
    if takesTokens, !words.isEmpty, words.allSatisfy({ $0.token != nil }) {
      return .tokens(words.compactMap(\.token))
    }
    return .text(Self.parts(of: words).joined())
  }

  /// What stands between two texts; of neither.
  static let separator = Word(text: "")

  private static func parts(of words: [Word]) -> [String] {
    words.enumerated().map { index, word in
      (index > 0 || word.isFirst ? word.before : "") + word.text + word.after
    }
  }
}

/// What a program is asked about.
enum ExternalRow: Sendable {
  case text(String)
  case pair(String, String)
  case tokens([String])

  /// Rows of different kinds can't go in one request.
  enum Kind: CaseIterable { case text, pair, tokens }

  var kind: Kind {
    switch self {
    case .text: .text
    case .pair: .pair
    case .tokens: .tokens
    }
  }
}
