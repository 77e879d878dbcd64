public import Classifiers

/// Facts about a model that decide which of a method's caveats apply.
public struct ModelTraits: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// It is recurrent.
  public static let recurrent = ModelTraits(rawValue: 1)
  /// Its head max-pools over time.
  public static let maxPooling = ModelTraits(rawValue: 1 << 1)
  /// Its head reads only one token's vector, the first or the last.
  public static let oneToken = ModelTraits(rawValue: 1 << 2)
  /// Paths start at zero vectors, or at a text of mask tokens.
  public static let zeroBaseline = ModelTraits(rawValue: 1 << 3)
  public static let maskBaseline = ModelTraits(rawValue: 1 << 4)
  /// Word embeddings are normalised before anything is added to them.
  public static let normalisedEmbeddings = ModelTraits(rawValue: 1 << 5)
  /// Its outputs are probabilities rather than the numbers of a regression.
  public static let probabilities = ModelTraits(rawValue: 1 << 6)
  public static let severalClasses = ModelTraits(rawValue: 1 << 7)
  /// It has two classes whose probabilities add up to 1.
  public static let twoClasses = ModelTraits(rawValue: 1 << 8)

  public init(_ model: Model) {
    self = []
    let classifier = model.classifier
    let traits = classifier.traits
    if traits.isRecurrent { insert(.recurrent) }
    switch traits.pooling {
    case .maximum: insert(.maxPooling)
    case .oneToken: insert(.oneToken)
    case .other: break
    }
    if traits.normalisesWordsAlone { insert(.normalisedEmbeddings) }
    if classifier.can(.gradients) {
      switch ExplainerOptions.defaultBaseline(for: model) {
      case .zero: insert(.zeroBaseline)
      case .mask: insert(.maskBaseline)
      case .pad, .unk: break
      }
    }
    if classifier.link != .identity { insert(.probabilities) }
    if classifier.classes.count > 1 { insert(.severalClasses) }
    if classifier.classes.count == 2, classifier.link == .softmax { insert(.twoClasses) }
  }

  /// The models that a caveat applies to, for a list of methods without a model.
  public var title: String {
    switch self {
    case .recurrent: "recurrent models"
    case .maxPooling: "models with max pooling"
    case .oneToken: "models whose head reads one token"
    case .zeroBaseline: "models with the default baseline zero"
    case .maskBaseline: "models with a mask token"
    case .normalisedEmbeddings:
      "models that normalise word embeddings first (DeBERTa-v3, ModernBERT)"
    case .probabilities: "classifiers"
    case .severalClasses: "models with several classes"
    default: "models with two classes"
    }
  }
}

/// A caveat that does not apply to every model.
public struct ModelCaveat: Sendable, Hashable {
  public var text: String
  /// The trait of models that it applies to.
  public var trait: ModelTraits

  public init(_ text: String, if trait: ModelTraits) {
    self.text = text
    self.trait = trait
  }
}

extension MethodCard {
  /// The caveats for a model with these traits, in sentences.
  public func caveats(for traits: ModelTraits) -> String {
    ([caveats] + modelCaveats.filter { traits.contains($0.trait) }.map(\.text))
      .joined(separator: " ")
  }

  /// The general caveats, and the models for which there are more.
  public var allCaveats: String {
    ([caveats] + modelCaveats.map { "For \($0.trait.title): \($0.text)" })
      .joined(separator: " ")
  }
}
