public import Checkpoints

/// What a user adds to a model's file because the file does not contain it.
public struct OpeningOptions: Sendable, Equatable {
  /// A file with the tokens by id, for plain weights.
  public var vocabulary: String?
  /// A SentencePiece model.
  public var pieceModel: String?
  /// Whether the model reads a text from its end.
  public var isBackwards = false
  /// How a custom tokenizer splits texts, in the form that `Splitting` parses.
  public var tokenizer: String?
  /// The folder of an adapter's base model.
  public var base: String?
  /// The precision in which the weights of products are packed.
  public var precision = PrecisionChoice.float
  /// How the model reads its texts.
  public var reading = ReadingOptions()

  /// The time limit for an external program's answers; nil for the default.
  public var timeLimit: Duration?
  /// Receives the progress of reading.
  public var progress: LoadProgress?

  public init(
    vocabulary: String? = nil, pieceModel: String? = nil, isBackwards: Bool = false,
    tokenizer: String? = nil, base: String? = nil, timeLimit: Duration? = nil
  ) {
    self.vocabulary = vocabulary
    self.pieceModel = pieceModel
    self.isBackwards = isBackwards
    self.tokenizer = tokenizer
    self.base = base
    self.timeLimit = timeLimit
  }
}

extension OpeningOptions {
  /// For a model that is not an adapter.
  /// - Throws: `ModelOpeningError.unusedOption`.
  func refuseBase(for path: String) throws {
    if base != nil { throw ModelOpeningError.unusedOption(name: "base", path: path) }
  }

  /// For a model whose files are complete.
  /// - Throws: `ModelOpeningError.unusedOption`.
  func refuse(for path: String) throws {
    try refuseBase(for: path)
    if vocabulary != nil { throw ModelOpeningError.unusedOption(name: "vocab", path: path) }
    if pieceModel != nil {
      throw ModelOpeningError.unusedOption(name: "sentencepiece", path: path)
    }
    if tokenizer != nil { throw ModelOpeningError.unusedOption(name: "tokenizer", path: path) }
    if isBackwards { throw ModelOpeningError.unusedOption(name: "backwards", path: path) }
  }
}
