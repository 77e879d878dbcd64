public import Classifiers

/// The description of a method for menus, `methods`, `inspect` and the explorer.
public struct MethodCard: Sendable, Hashable {
  /// The symbols that formulas share.
  public static let notation =
    "f: the model's output; x_t: the embedding of token t; b: the baseline"

  /// The name on the command line: `integrated-gradients`.
  public var name: String
  /// In a title (`integrated gradients`), and where space is short (`IG`).
  public var title: String
  public var shortTitle: String
  /// What it computes, in one sentence.
  public var summary: String
  /// The definition, in one line; `notation` says what its symbols mean.
  public var formula: String
  public var source: String
  /// In model passes: `50 gradients, or as many as set, and 1 more`.
  public var cost: String
  /// Caveats for all models.
  public var caveats: String
  /// Caveats for some models.
  public var modelCaveats: [ModelCaveat]
  /// Whether scores are signed, for and against the target.
  public var isSigned: Bool
  /// The capability that it needs.
  public var requirement: Capability
  /// The quantity that it explains by default.
  public var defaultQuantity: Target.Quantity
  /// Axioms that hold by definition, for every model.
  public var axioms: Axioms
  /// The options that change the scores, in the order of help.
  public var options: [ExplainerSetting]
  /// Whether the scores depend on the class; if not, the method does not use the model's output for
  /// a class.
  public var dependsOnClass: Bool

  public init(
    name: String, title: String, shortTitle: String, summary: String, formula: String = "",
    source: String, cost: String, caveats: String, modelCaveats: [ModelCaveat] = [], isSigned: Bool,
    requirement: Capability, axioms: Axioms = [], options: [ExplainerSetting] = [],
    defaultQuantity: Target.Quantity = .logit, dependsOnClass: Bool = true
  ) {
    self.axioms = axioms
    self.options = options
    self.dependsOnClass = dependsOnClass
    self.name = name
    self.title = title
    self.shortTitle = shortTitle
    self.summary = summary
    self.formula = formula
    self.source = source
    self.cost = cost
    self.caveats = caveats
    self.modelCaveats = modelCaveats
    self.isSigned = isSigned
    self.requirement = requirement
    self.defaultQuantity = defaultQuantity
  }

  /// Why the method cannot be used with a classifier, as a sentence; nil if it can.
  public func reasonNotApplicable(to classifier: any Classifier) -> String? {
    classifier.can(requirement) ? nil : requirement.reasonWhereMissing
  }
}

extension Capability {
  var reasonWhereMissing: String {
    switch self {
    case .predictions: "needs predictions, and this model gives none"
    case .gradients: "needs gradients, and this model gives predictions only"
    case .recurrence: "needs the outputs of a recurrent layer, and this model has none"
    case .multipliers: "needs DeepLIFT's rules for each layer, and this model has none"
    case .relevance: "needs relevance rules for each layer, and this model has none"
    case .layers: "needs the outputs of each layer, and this model does not give them"
    case .pools: "needs outputs that are pooled over the tokens, and this model has none"
    case .attention, .valueZeroing:
      "needs the attention between the tokens of a text, and this model gives none"
    case .decomposition: "needs LSTM cells that can be decomposed, and this model has none"
    case .randomisation: "needs layers whose weights can be made random, and this model has none"
    }
  }
}
