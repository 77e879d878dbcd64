public import Attribution
public import Classifiers
internal import Tokenizers

/// What a screen knows about a model: names and counts, but no weights.
public struct ModelSummary: Sendable, Equatable {
  /// An explainer in the list.
  public struct Method: Sendable, Equatable {
    public var card: MethodCard
    /// Why it does not apply to this model; nil if it does.
    public var reasonNotApplicable: String?

    public init(card: MethodCard, reasonNotApplicable: String? = nil) {
      self.card = card
      self.reasonNotApplicable = reasonNotApplicable
    }
  }

  public var name: String
  /// The value of `--model` that opens it; nil for the default.
  public var argument: String?
  public var architecture: String
  public var classes: [String]
  public var link: OutputLink
  /// The thresholds of a multi-label model: one number, or one per class.
  public var thresholds: [Float]
  /// The threshold that the user set in their place.
  public var threshold: Float?
  /// The traits that decide which caveats apply.
  public var traits: ModelTraits
  /// Its capabilities.
  public var capabilities: Set<Capability>
  public var tokenLimit: Int?
  /// The id of the unknown token.
  public var unknownID: Int?
  public var parameterCount: Int
  /// Whether its texts are molecules.
  public var readsSMILES: Bool
  /// The purpose of its pairs of texts; nil for a model of single texts.
  public var pairs: PairReading?
  /// How well it does on unseen texts, in words: `accuracy 0.85 on …`.
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
      thresholds: model.rule.thresholds, traits: ModelTraits(model),
      capabilities: model.classifier.traits.capabilities, tokenLimit: model.facts.tokenLimit,
      unknownID: model.tokenizer.roles.unknown,
      parameterCount: model.facts.parameterCount, readsSMILES: model.readsSMILES,
      pairs: model.pairReading, quality: quality,
      methods: explainers.map {
        Method(
          card: $0.card,
          reasonNotApplicable: $0.card.reasonNotApplicable(to: model.classifier))
      })
    threshold = model.threshold
  }

  public var rule: DecisionRule { DecisionRule(link, thresholds: thresholds) }

  public func method(named name: String) -> Method? {
    methods.first { $0.card.name == name }
  }

  /// A class's name, or its number if the model has no such class.
  public func className(_ index: Int) -> String {
    classes.indices.contains(index) ? classes[index] : "\(index)"
  }

  /// Whether the map is the same for all classes: for a method that uses no class, and for an
  /// unsigned one on the probability of two classes that add up to one.
  public func isClassBlind(_ card: MethodCard) -> Bool {
    guard classes.count > 1 else { return false }
    let isOfComplement =
      !card.isSigned && card.defaultQuantity == .probability && link == .softmax
      && classes.count == 2
    return !card.dependsOnClass || isOfComplement
  }
}
