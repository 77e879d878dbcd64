public import Classifiers
public import Tokenizers

extension Model {
  /// A model of the tiny tokenizer and a tiny classifier, or of any other classifier.
  public static func tiny(
    _ classifier: any Classifier = TinyClassifier(), roles: TokenRoles = TinyTokenizer().roles
  ) -> Model {
    Model(
      name: "tiny", architecture: "tiny", classifier: classifier,
      tokenizer: TinyTokenizer(roles: roles),
      facts: ModelFacts(
        parameterCount: 0, weightBytes: 0, settings: [], tokenizer: "words by their length",
        tokenLimit: nil))
  }
}
