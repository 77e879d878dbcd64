public import Checkpoints
public import Tensors
public import Tokenizers

/// A classifier with its tokenizer, as a user thinks of "a model".
public struct Model: Sendable {
  /// What the user calls it: `sentiment`, or the name of the file it came from.
  public var name: String
  /// `awd-lstm`, `bert`, …
  public var architecture: String
  public var classifier: any Classifier
  public var tokenizer: any Tokenizer
  public var facts: ModelFacts

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

/// What `inspect` prints of a model besides its classes.
public struct ModelFacts: Sendable {
  public var parameterCount: Int
  /// Bytes of the weights as held in memory.
  public var weightBytes: Int
  /// Of these, what a pass over a text reads whole: the right-hand sides of its products.
  public var productBytes = 0
  /// Of these again, what a recurrent model reads anew at each token.
  public var stepBytes = 0
  /// Sizes and limits in the architecture's own names, in reading order: `("emb_sz", "400")`.
  public var settings: [(name: String, value: String)]
  /// Its kind: `fastai words`.
  public var tokenizer: String
  /// How many tokens its vocabulary has; nil where nobody knows.
  public var vocabularySize: Int?
  /// How many tokens the model's last layer sees at most; nil where there is no limit.
  public var tokenLimit: Int?
  /// What a user should know: settings that were assumed, weights that are no numbers.
  public var notes: [ModelNote]
  /// How good the model is, where its files tell.
  public var quality: ModelQuality?
  /// The folder of the model that an adapter was put on.
  public var base: String?
  /// Of the weights of products.
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

/// What a model says about one text.
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
