/// Something that a user should know about a model that could nevertheless be opened.
public enum ModelNote: Sendable, Hashable {
  /// A setting that the file does not give, and the value that is assumed.
  case assumed(setting: String, value: String)
  /// The model has one output, and the file does not say that it is a regression: the output is
  /// treated as a probability, as transformers' pipeline does.
  case assumedProbability
  /// One score for two texts, as sentence-transformers computes it.
  case crossEncoder(ScoreActivation)
  /// The name of an activation that is not a known PyTorch module.
  case unknownActivation(name: String)
  /// The loss does not say how outputs become probabilities; this activation is assumed: `softmax`.
  case assumedActivation(loss: String, activation: String)
  /// The user's own Python code in a learner, which is not run.
  case ownCode(names: [String])
  /// The tokenizer is custom Python code, which is not run; `splitting` is used instead.
  case ownTokenizer(className: String, splitting: String)
  /// A class that transformers does not have, with the tensors of a text classifier of this type.
  case ownClass(name: String, modelType: String)
  /// No file names the classes.
  case numberedClasses(Int)
  /// No class of the model has a name; this one is assumed to be the entailment.
  case assumedEntailment(String)
  /// A file beside the model that was also read.
  case readBeside(path: String)
  /// A setting that overrides `tokenizer.json` at a path such as `normalizer.lowercase`. It is in a
  /// file beside it, or is the default of a transformers class.
  case overridden(setting: String, value: Bool, defaultOf: String?, path: String)
  /// Tokens for which the embedding has no row.
  case tokensWithoutEmbedding([String], rows: Int)
  /// Weights that are NaN or infinite.
  case notFinite(tensor: String, count: Int)

  /// Whether it affects the model's output, so that it is shown wherever the model is used.
  public var isWarning: Bool {
    switch self {
    case .notFinite, .tokensWithoutEmbedding, .unknownActivation, .assumedEntailment: true
    case .assumed, .assumedProbability, .crossEncoder, .assumedActivation, .ownCode, .ownTokenizer,
      .ownClass,
      .numberedClasses, .readBeside, .overridden:
      false
    }
  }
}
