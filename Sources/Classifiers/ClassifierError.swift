/// What a classifier can't do with what it was given.
public enum ClassifierError: Error, Sendable, Equatable {
  case tokenOutOfVocabulary(id: Int, vocabulary: Int)
  case noSuchClass(index: Int, classes: Int)
  case noSuchToken(index: Int, tokens: Int)
  /// The model has no position for the last of them.
  case tooManyTokens(count: Int, limit: Int)
  /// Maps of tokens by tokens would take more memory than they may.
  case tooManyTokensForMaps(count: Int, limit: Int)
  /// Embeddings of another width, or as many targets as rows were expected.
  case wrongCount(of: String, expected: Int, found: Int)
  /// A setting with which there is no such model: `n_layers = 0`.
  case badSetting(name: String, value: String)
}
