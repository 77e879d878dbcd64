internal import Checkpoints
internal import Classifiers
internal import Tokenizers

/// What a model that was made for two texts reads them for.
public enum PairReading: Sendable, Hashable {
  /// Whether the second follows from the first.
  case inference
  /// How well the second answers the first, as one number.
  case ranking
  /// How alike the two are.
  case similarity
  /// Nobody says what for: a program of the user's own that announced `takes_pairs`.
  case unspecified

  /// As people who train such models call the two texts; nil where they are of one kind.
  public var names: (first: String, second: String)? {
    switch self {
    case .inference: ("premise", "hypothesis")
    case .ranking: ("query", "passage")
    case .similarity, .unspecified: nil
    }
  }

  /// By the names of the classes; nil where they do not tell.
  public init?(classes: [String]) {
    guard classes.count > 1, classes.contains(where: { $0.lowercased().hasPrefix("entail") })
    else { return nil }
    self = .inference
  }
}

extension Model {
  /// nil for a model of one text, and for one of which nobody says so.
  var pairReading: PairReading? {
    let isRanker = facts.notes.contains { if case .crossEncoder = $0 { true } else { false } }
    if isRanker { return .ranking }
    guard tokenizer.readsPairs else { return nil }
    func isSet(_ name: String) -> Bool { facts.settings.contains { $0.name == name } }
    if isSet("similarity") { return .similarity }
    // most tokenizers can frame two texts, whatever the model was made for; a program knows
    return PairReading(classes: classifier.classes) ?? (isSet("takes pairs") ? .unspecified : nil)
  }
}
