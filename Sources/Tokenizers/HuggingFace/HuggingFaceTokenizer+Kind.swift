extension HuggingFaceTokenizer {
  /// The library's name for the model: `WordPiece`, `BPE`.
  public var kind: String {
    switch model {
    case is WordPiece: "WordPiece"
    case is BytePairs: "BPE"
    case is Unigram: "Unigram"
    default: "WordLevel"
    }
  }
}
