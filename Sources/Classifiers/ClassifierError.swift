/// An error that may be a matter of one text, so that others can still be answered.
public protocol TextError: Error {
  var isAboutTheText: Bool { get }
}

/// What a classifier can't do with what it was given.
public enum ClassifierError: TextError, Sendable, Equatable {
  /// A token has no row in the embedding.
  case tokenOutOfVocabulary(id: Int, vocabulary: Int)
  case noSuchClass(index: Int, classes: Int)
  case noSuchToken(index: Int, tokens: Int)
  /// A token type has no row in the table of types.
  case noSuchTokenType(type: Int, types: Int)
  /// The model has no position for the last of them.
  case tooManyTokens(count: Int, limit: Int)
  /// The model compares two texts and was given one.
  case needsPair
  /// In the place of a second text the model reads what each of the user's labels says.
  case secondTextBesideLabels
  /// Maps of tokens by tokens would take more memory than they may.
  case tooManyTokensForMaps(count: Int, limit: Int)
  /// Embeddings of another width, or as many targets as rows were expected.
  case wrongCount(of: String, expected: Int, found: Int)
  /// The classes that the files name are not as many as the model's outputs.
  case otherClasses(outputs: Int, classes: Int)
  /// A setting with which there is no such model: `n_layers = 0`.
  case badSetting(name: String, value: String)
  /// Asked for what its traits do not name.
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
