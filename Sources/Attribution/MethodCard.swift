public import Classifiers

/// What a method is, in words, for menus, `methods`, `inspect` and the explorer.
public struct MethodCard: Sendable, Hashable {
  /// What a method asks of a classifier.
  public enum Requirement: String, Sendable {
    case predictions, gradients, recurrence
    case multipliers, relevance, layers, decomposition, attention
  }

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
  public var requirement: Requirement
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
    requirement: Requirement, axioms: Axioms = [], options: [ExplainerSetting] = [],
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
    requirement.isMet(by: classifier) ? nil : requirement.reason
  }
}

extension MethodCard.Requirement {
  public func isMet(by classifier: any Classifier) -> Bool {
    switch self {
    case .predictions: true
    case .gradients: classifier is any DifferentiableClassifier
    case .recurrence: classifier is any RecurrentClassifier
    case .multipliers: classifier is any ContrastiveClassifier
    case .relevance: classifier is any RelevanceClassifier
    case .layers: classifier is any LayeredClassifier
    case .decomposition: classifier is any DecomposableClassifier
    case .attention: classifier is any AttentiveClassifier
    }
  }

  var reason: String {
    switch self {
    case .predictions: "needs predictions, and this model gives none"
    case .gradients: "needs gradients, and this model gives predictions only"
    case .recurrence: "needs the outputs of a recurrent layer, and this model has none"
    case .multipliers: "needs DeepLIFT's rules for each layer, and this model has none"
    case .relevance: "needs relevance rules for each layer, and this model has none"
    case .layers: "needs the outputs of each layer, and this model does not give them"
    case .attention: "needs maps of attention among a text's tokens, and this model gives none"
    case .decomposition: "needs LSTM cells that can be decomposed, and this model has none"
    }
  }
}
