internal import Checkpoints
internal import Classifiers
internal import Tokenizers

/// The purpose of a model that reads pairs of texts.
public enum PairReading: Sendable, Hashable {
  /// Whether the second text follows from the first.
  case inference
  /// How well the second text answers the first, as a number.
  case ranking
  /// How similar the two are.
  case similarity
  /// Unknown: an external program that declared `takes_pairs`.
  case unspecified

  /// The usual names of the two texts in training data; nil if they are of the same kind.
  public var names: (first: String, second: String)? {
    switch self {
    case .inference: ("premise", "hypothesis")
    case .ranking: ("query", "passage")
    case .similarity, .unspecified: nil
    }
  }

  /// By the names of the classes; nil if they do not tell.
  public init?(classes: [String]) {
    guard classes.count > 1, classes.contains(where: { $0.lowercased().hasPrefix("entail") })
    else { return nil }
    self = .inference
  }
}

extension Model {
  /// nil for a model of single texts, or if its purpose is unknown.
  var pairReading: PairReading? {
    let isRanker = facts.notes.contains { if case .crossEncoder = $0 { true } else { false } }
    if isRanker { return .ranking }
    guard tokenizer.readsPairs else { return nil }
    func isSet(_ name: String) -> Bool { facts.settings.contains { $0.name == name } }
    if isSet("similarity") { return .similarity }
    // Most tokenizers can frame pairs, whatever the model was made for; an external program
    // declares it.
    return PairReading(classes: classifier.classes) ?? (isSet("takes pairs") ? .unspecified : nil)
  }
}
