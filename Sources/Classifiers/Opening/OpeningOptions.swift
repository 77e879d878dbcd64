public import Checkpoints

/// What a user adds to a model's file that does not say it itself.
public struct OpeningOptions: Sendable, Equatable {
  /// A file with the tokens of weights by id.
  public var vocabulary: String?
  /// A SentencePiece model.
  public var pieceModel: String?
  /// The model reads a text from its end.
  public var isBackwards = false
  /// How a tokenizer of somebody's own splits, as `Splitting` reads it.
  public var tokenizer: String?
  /// The folder of the model that an adapter is put on.
  public var base: String?
  /// In which the weights of products are packed.
  public var precision = PrecisionChoice.float
  /// How the model is to read its texts.
  public var reading = ReadingOptions()

  /// How long a program of the user's own may take for an answer; nil for the usual.
  public var timeLimit: Duration?
  /// Where it is told how far the reading is.
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
  /// For a model that is no adapter.
  /// - Throws: `ModelOpeningError.unusedOption`.
  func refuseBase(for path: String) throws {
    if base != nil { throw ModelOpeningError.unusedOption(name: "base", path: path) }
  }

  /// For a model that says everything itself.
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
