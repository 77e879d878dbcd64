public import Attribution
public import Classifiers
internal import Tokenizers

/// What a screen knows of a model: names and counts, no weights.
public struct ModelSummary: Sendable, Equatable {
  /// An explainer as the list shows it.
  public struct Method: Sendable, Equatable {
    public var card: MethodCard
    /// Why it can't be used with this model; nil if it can.
    public var reasonNotApplicable: String?

    public init(card: MethodCard, reasonNotApplicable: String? = nil) {
      self.card = card
      self.reasonNotApplicable = reasonNotApplicable
    }
  }

  public var name: String
  /// What `--model` takes to open it; nil for the default.
  public var argument: String?
  public var architecture: String
  public var classes: [String]
  public var link: OutputLink
  /// Above which a class of several is given: one number, or one a class.
  public var thresholds: [Float]
  /// The traits that decide which caveats hold for it.
  public var traits: ModelTraits
  /// What can be asked of it.
  public var capabilities: Set<Capability>
  public var tokenLimit: Int?
  /// The id of words that are not in the vocabulary.
  public var unknownID: Int?
  public var parameterCount: Int
  /// Its texts are molecules.
  public var readsSMILES: Bool
  /// What it reads two texts for; nil for a model of one.
  public var pairs: PairReading?
  /// How good it is on texts that it was not made from, in words: `accuracy 0.85 on …`.
  public var quality: String?
  public var methods: [Method]

  public init(
    name: String, argument: String? = nil, architecture: String, classes: [String],
    link: OutputLink = .softmax, thresholds: [Float] = [0.5], traits: ModelTraits = [],
    capabilities: Set<Capability> = [.predictions], tokenLimit: Int? = nil, unknownID: Int? = nil,
    parameterCount: Int = 0,
    readsSMILES: Bool = false, pairs: PairReading? = nil, quality: String? = nil,
    methods: [Method]
  ) {
    self.name = name
    self.argument = argument
    self.architecture = architecture
    self.classes = classes
    self.link = link
    self.thresholds = thresholds
    self.traits = traits
    self.capabilities = capabilities
    self.tokenLimit = tokenLimit
    self.unknownID = unknownID
    self.parameterCount = parameterCount
    self.readsSMILES = readsSMILES
    self.pairs = pairs
    self.quality = quality
    self.methods = methods
  }

  public init(
    _ model: Model, argument: String? = nil, quality: String? = nil,
    explainers: [any Explainer] = ExplainerCatalog.explainers
  ) {
    self.init(
      name: model.name, argument: argument, architecture: model.architecture,
      classes: model.classifier.classes, link: model.classifier.link,
      thresholds: model.classifier.thresholds, traits: ModelTraits(model),
      capabilities: model.classifier.traits.capabilities, tokenLimit: model.facts.tokenLimit,
      unknownID: model.tokenizer.roles.unknown,
      parameterCount: model.facts.parameterCount, readsSMILES: model.readsSMILES,
      pairs: model.pairReading, quality: quality,
      methods: explainers.map {
        Method(
          card: $0.card,
          reasonNotApplicable: $0.card.reasonNotApplicable(to: model.classifier))
      })
  }

  public var rule: DecisionRule { DecisionRule(link, thresholds: thresholds) }

  public func method(named name: String) -> Method? {
    methods.first { $0.card.name == name }
  }

  /// A class's name, or its number where the model has no such name.
  public func className(_ index: Int) -> String {
    classes.indices.contains(index) ? classes[index] : "\(index)"
  }

  /// The map is the same for all classes: of a method that asks for none, and of one without a sign
  /// on the probability of two classes that add up to one.
  public func isClassBlind(_ card: MethodCard) -> Bool {
    guard classes.count > 1 else { return false }
    let isOfComplement =
      !card.isSigned && card.defaultQuantity == .probability && link == .softmax
      && classes.count == 2
    return !card.dependsOnClass || isOfComplement
  }
}
