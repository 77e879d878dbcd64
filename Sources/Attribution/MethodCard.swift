public import Classifiers

/// What a method is, in words, for menus, `methods`, `inspect` and the explorer.
public struct MethodCard: Sendable, Hashable {
  /// The name on the command line: `integrated-gradients`.
  public var name: String
  /// In a title: `integrated gradients`; and where there is little room: `IG`.
  public var title: String
  public var shortTitle: String
  /// One sentence: what it computes.
  public var summary: String
  /// The definition, in one line.
  public var formula: String
  public var source: String
  /// In model passes: `2 to 1,025 gradients, adaptive`.
  public var cost: String
  /// What to beware of with any model.
  public var caveats: String
  /// What besides, with some models.
  public var modelCaveats: [ModelCaveat]
  /// Scores have a sign: for and against.
  public var isSigned: Bool
  /// What a method asks of a classifier.
  public var requirement: Capability
  /// What the method explains where nothing else is asked for.
  public var defaultQuantity: Target.Quantity
  /// What is true of the scores by their definition, for any model.
  public var axioms: Axioms
  /// The options that change the scores, in the order in which help lists them.
  public var options: [ExplainerSetting]
  /// Another class has another map; where not, the method asks the model for no class.
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

  /// Why the method can't be used with a classifier, as a sentence; nil where it can.
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
    case .pools: "needs states that are pooled over time, and this model has none"
    case .attention, .valueZeroing:
      "needs maps of attention among a text's tokens, and this model gives none"
    case .decomposition: "needs LSTM cells that can be decomposed, and this model has none"
    case .randomisation: "needs layers that can be drawn anew, and this model has none"
    }
  }
}
