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

  /// What a row of ids is for the program.
  /// - Throws: `ClassifierError.tokenOutOfVocabulary`.
  func row(_ ids: [Int], asTokens takesTokens: Bool) throws -> ExternalRow {
    let words = try store.withLock { store in
      try ids.map { id in
        guard store.words.indices.contains(id) else {
          throw ClassifierError.tokenOutOfVocabulary(id: id, vocabulary: store.words.count)
        }
        return store.words[id]
      }
    }
    // The words that stand for absent ones are tokens too, and may stand in any row.
    if takesTokens, !words.isEmpty, words.allSatisfy({ $0.token != nil }) {
      return ExternalRow(parts: words.compactMap(\.token), isTokens: true)
    }
    let parts = words.enumerated().map { index, word in
      (index > 0 || word.isFirst ? word.before : "") + word.text + word.after
    }
    return ExternalRow(parts: parts, isTokens: false)
  }
}

/// A text in parts, or a list of tokens.
struct ExternalRow: Sendable {
  var parts: [String]
  var isTokens: Bool

  static func text(_ text: String) -> ExternalRow { ExternalRow(parts: [text], isTokens: false) }
}
