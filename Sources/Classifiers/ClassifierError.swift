/// An error that may concern a single text, so that others can still be processed.
public protocol TextError: Error {
  var isAboutTheText: Bool { get }
}

/// Why a classifier cannot process its input.
public enum ClassifierError: TextError, Sendable, Equatable {
  /// A token has no row in the embedding.
  case tokenOutOfVocabulary(id: Int, vocabulary: Int)
  case noSuchClass(index: Int, classes: Int)
  case noSuchToken(index: Int, tokens: Int)
  /// A token type has no row in the table of types.
  case noSuchTokenType(type: Int, types: Int)
  /// The model has no position for the last of the tokens.
  case tooManyTokens(count: Int, limit: Int)
  /// The model compares two texts, but was given one.
  case needsPair
  /// A second text, although the model reads the hypothesis of each label in its place.
  case secondTextBesideLabels
  /// Attention maps would take more memory than is allowed.
  case tooManyTokensForMaps(count: Int, limit: Int)
  /// Embeddings of another width, or a number of targets that differs from that of the rows.
  case wrongCount(of: String, expected: Int, found: Int)
  /// The number of classes in the files differs from that of the model's outputs.
  case otherClasses(outputs: Int, classes: Int)
  /// A setting that no model can have: `n_layers = 0`.
  case badSetting(name: String, value: String)
  /// A capability that its traits do not include.
  case notCapable(Capability)

  public var isAboutTheText: Bool {
    switch self {
    case .tokenOutOfVocabulary, .noSuchTokenType, .tooManyTokens, .tooManyTokensForMaps, .needsPair,
      .secondTextBesideLabels:
      true
    case .noSuchClass, .noSuchToken, .wrongCount, .otherClasses, .badSetting, .notCapable: false
    }
  }
}
