public import Classifiers

extension ClassifierError {
  /// The model can't take this text, and may take others.
  public var isAboutTheText: Bool {
    switch self {
    case .tokenOutOfVocabulary, .tooManyTokens: true
    default: false
    }
  }
}
