extension HuggingFaceTokenizer {
  /// What the library calls its model: `WordPiece`, `BPE`.
  public var kind: String {
    switch model {
    case is WordPiece: "WordPiece"
    case is BytePairs: "BPE"
    case is Unigram: "Unigram"
    default: "WordLevel"
    }
  }
}
