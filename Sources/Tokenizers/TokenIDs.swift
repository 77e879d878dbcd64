/// A fastai vocabulary: the ids of its tokens, and the id of the unknown token.
struct TokenIDs: Sendable {
  let unknown: Int
  private let index: ScalarIndex

  /// - Parameters:
  ///   - name: the unknown token; nil for the first token of the vocabulary, as in fastai's
  ///     `defaultdict(int)`.
  ///   - hasFiller: look up `xxfake`, with which fastai pads a vocabulary, like any other token.
  /// - Throws: `VocabularyError` if a token is missing.
  init(
    _ vocabulary: [String], requiring required: [String] = [], unknown name: String? = nil,
    hasFiller: Bool = false
  ) throws {
    guard !vocabulary.isEmpty else { throw VocabularyError.empty }
    index = ScalarIndex(vocabulary, ignoring: hasFiller ? nil : "xxfake")
    if let name {
      guard let unknown = index.position(of: name) else {
        throw VocabularyError.missing(token: name)
      }
      self.unknown = unknown
    } else {
      unknown = 0
    }
    for token in required where index.position(of: token) == nil {
      throw VocabularyError.missing(token: token)
    }
  }

  var vocabulary: [String] { index.words }

  var roles: TokenRoles {
    TokenRoles(unknown: unknown, padding: index.position(of: "xxpad"))
  }

  /// - Parameter other: the id for words outside the vocabulary, if that is not `unknown`.
  func id(of token: MappedSlice, unknown other: Int? = nil) -> Int {
    index.position(of: token) ?? other ?? unknown
  }

  func id(of token: String) -> Int {
    index.position(of: token) ?? unknown
  }

  /// nil if the token is not in the vocabulary.
  func position(of token: String) -> Int? { index.position(of: token) }

  /// Implements `Tokenizer.encode(words:)`. Special tokens among the words are recognized by name.
  func encode(
    words: [String], frame: Set<String>, marks: Set<String>, reversed: Bool
  ) -> Encoding {
    var pieces: [Piece] = []
    var counter = WordCounter()
    var start = 0
    for word in words {
      let end = start + word.utf8.count
      let isFrame = frame.contains(word)
      let piece = Piece(
        text: word, id: id(of: word), utf8Range: start..<end,
        isSpecial: isFrame || marks.contains(word), isFrame: isFrame)
      counter.add(piece, scalars: [], to: &pieces)
      start = end + 1
    }
    counter.finish(&pieces)
    if reversed { pieces.reverse() }
    return Encoding(text: words.joined(separator: " "), pieces: pieces)
  }
}

/// Why a vocabulary cannot be used.
public enum VocabularyError: Error, Sendable, Hashable {
  case empty
  case missing(token: String)
  /// The SentencePiece model and the vocabulary differ in size.
  case otherPieces(count: Int, tokens: Int)
}
