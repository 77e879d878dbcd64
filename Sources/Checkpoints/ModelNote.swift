/// What a user should know of a model that could be opened all the same.
public enum ModelNote: Sendable, Hashable {
  /// A setting that the file does not tell, and what is taken instead.
  case assumed(setting: String, value: String)
  /// The model has one output, and the file does not say that it is a regression: the number is taken
  /// for a probability, as transformers' pipeline takes it.
  case assumedProbability
  /// One score for two texts, as sentence-transformers computes it.
  case crossEncoder(ScoreActivation)
  /// An activation by a name that is no module of PyTorch's known here.
  case unknownActivation(name: String)
  /// The loss does not say how a model's outputs become probabilities: `softmax`.
  case assumedActivation(loss: String, activation: String)
  /// Python code of the user's own in a learner, which is not run.
  case ownCode(names: [String])
  /// The tokenizer is Python code of somebody's own, which is not run; how it is taken to split.
  case ownTokenizer(className: String, splitting: String)
  /// A class that transformers does not have, whose tensors are those of a text classifier of this type.
  case ownClass(name: String, modelType: String)
  /// The classes have no names anywhere.
  case numberedClasses(Int)
  /// None of a model's classes has a name: which of them is taken for an entailment.
  case assumedEntailment(String)
  /// A file beside the model that was read too.
  case readBeside(path: String)
  /// A setting that wins over `tokenizer.json`, at a place in that: `normalizer.lowercase`. It stands
  /// beside it, or is the default of a class of transformers.
  case overridden(setting: String, value: Bool, defaultOf: String?, path: String)
  /// Tokens that the tokenizer has and the embedding has no row for.
  case tokensWithoutEmbedding([String], rows: Int)
  /// Weights that are NaN or infinite.
  case notFinite(tensor: String, count: Int)

  /// It changes what the model says, so it is told wherever the model is used.
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
