public import Checkpoints
public import Tensors
public import Tokenizers

/// A classifier with its tokenizer: what users call a model.
public struct Model: Sendable {
  /// The name for users: `sentiment`, or the name of the file that it came from.
  public var name: String
  /// `awd-lstm`, `bert`, …
  public var architecture: String
  public var classifier: any Classifier
  public var tokenizer: any Tokenizer
  public var facts: ModelFacts
  /// The user's threshold for the classes of a model that decides each by itself; nil for its own.
  public var threshold: Float?

  /// How it decides.
  public var rule: DecisionRule {
    DecisionRule(classifier.link, thresholds: threshold.map { [$0] } ?? classifier.thresholds)
  }

  public init(
    name: String, architecture: String, classifier: any Classifier, tokenizer: any Tokenizer,
    facts: ModelFacts
  ) {
    self.name = name
    self.architecture = architecture
    self.classifier = classifier
    self.tokenizer = tokenizer
    self.facts = facts
  }
}

/// What `inspect` prints about a model besides its classes.
public struct ModelFacts: Sendable {
  public var parameterCount: Int
  /// Bytes of the weights in memory.
  public var weightBytes: Int
  /// The part of it that a pass over a text reads entirely: the right-hand sides of products.
  public var productBytes = 0
  /// The part of that which a recurrent model reads again for each token.
  public var stepBytes = 0
  /// Sizes and limits by the architecture's own names, in reading order: `("emb_sz", "400")`.
  public var settings: [(name: String, value: String)]
  /// The kind of tokenizer: `fastai words`.
  public var tokenizer: String
  /// The size of its vocabulary; nil if unknown.
  public var vocabularySize: Int?
  /// The most tokens that the model's head sees; nil if there is no limit.
  public var tokenLimit: Int?
  /// What users should know: settings that were assumed, weights that are NaN.
  public var notes: [ModelNote]
  /// How well the model does, if its files say so.
  public var quality: ModelQuality?
  /// The folder of an adapter's base model.
  public var base: String?
  /// The precision of the weights in products.
  public var precision = WeightPrecision.float

  public init(
    parameterCount: Int, weightBytes: Int, settings: [(name: String, value: String)],
    tokenizer: String, vocabularySize: Int? = nil, tokenLimit: Int?, notes: [ModelNote] = []
  ) {
    self.parameterCount = parameterCount
    self.weightBytes = weightBytes
    self.settings = settings
    self.tokenizer = tokenizer
    self.vocabularySize = vocabularySize
    self.tokenLimit = tokenLimit
    self.notes = notes
  }
}

/// A model's prediction for one text.
public struct Prediction: Sendable, Equatable {
  public var encoding: Encoding
  public var logits: [Float]
  public var probabilities: [Float]
  /// The most probable class.
  public var classIndex: Int

  public init(encoding: Encoding, logits: [Float], probabilities: [Float], classIndex: Int) {
    self.encoding = encoding
    self.logits = logits
    self.probabilities = probabilities
    self.classIndex = classIndex
  }
}
