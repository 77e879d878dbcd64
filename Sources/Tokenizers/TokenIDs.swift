/// A fastai vocabulary: ids of tokens, and one for what it does not hold.
struct TokenIDs: Sendable {
  let unknown: Int
  private let index: ScalarIndex

  /// - Parameters:
  ///   - name: the token for what the vocabulary does not hold; nil for the first, whatever it is, as in
  ///     fastai's `defaultdict(int)`.
  ///   - hasFiller: `xxfake`, with which fastai fills a vocabulary, is found like any token.
  /// - Throws: `VocabularyError` where a token is missing.
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

  /// - Parameter other: the id for what the vocabulary does not hold, where that is not `unknown`.
  func id(of token: MappedSlice, unknown other: Int? = nil) -> Int {
    index.position(of: token) ?? other ?? unknown
  }

  func id(of token: String) -> Int {
    index.position(of: token) ?? unknown
  }

  /// nil where the vocabulary does not hold the token.
  func position(of token: String) -> Int? { index.position(of: token) }

  /// What `Tokenizer.encode(words:)` promises. Special tokens among the words are known by their
  /// names, and keep their place in the text.
  func encode(words: [String], frame: Set<String>, marks: Set<String> = []) -> Encoding {
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
    return Encoding(text: words.joined(separator: " "), pieces: pieces)
  }
}

/// Why a vocabulary can't be used.
public enum VocabularyError: Error, Sendable, Hashable {
  case empty
  case missing(token: String)
  /// A SentencePiece model has another number of pieces than there are tokens.
  case otherPieces(count: Int, tokens: Int)
}
