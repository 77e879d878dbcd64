public import Classifiers

/// A second model's classes in the order of the first model's.
public struct ClassMatch: Sendable {
  /// The index, in the second model, of each of the first model's classes.
  private let places: [Int]
  private let rule: DecisionRule
  /// The names of the second and the first model.
  public let names: (second: String, first: String)
  /// Classes with different names that are assumed to be the same, as pairs; nil if all names
  /// agree.
  public let assumed: [Pair]?

  /// A class of the second model, and the same class of the first.
  public typealias Pair = (label: String, className: String)

  /// - Parameter given: the user's mapping of classes, as in `--class-map`.
  /// - Throws: `ClassMatchError` if the two have different classes or kinds of output.
  public init(_ second: Model, beside first: Model, given: [Pair] = []) throws(ClassMatchError) {
    let (mine, others) = (first.classifier.classes, second.classifier.classes)
    for pair in given {
      for (model, name) in [(second, pair.label), (first, pair.className)]
      where !model.classifier.classes.contains(name) {
        throw .noSuchClass(
          name, label: pair.label, className: pair.className, model: model.name,
          classes: model.classifier.classes)
      }
    }
    guard let match = ClassMatching(others, to: mine, given: given) else {
      throw .otherClasses(
        second: second.name, others, first: first.name, mine)
    }
    let link = second.classifier.link
    guard link == first.classifier.link, link != .identity else {
      throw .otherKind(second: second.name, first: first.name)
    }
    names = (second.name, first.name)
    places = match.places
    rule = DecisionRule(
      link, thresholds: match.places.map(second.rule.threshold(of:)))
    assumed =
      match.isByName ? nil : zip(mine, match.places).map { (label: others[$1], className: $0) }
  }

  /// In the first model's classes.
  public func judgement(_ answer: ModelAnswer, gold: Gold) -> Judgement {
    var answer = answer
    answer.logits = places.map { [logits = answer.logits] in logits[$0] }
    return Judgement(answer, gold: gold, rule: rule)
  }
}

/// Why the predictions of two models cannot be compared.
public enum ClassMatchError: Error, Sendable, Equatable {
  /// The user's mapping names a class that a model does not have.
  case noSuchClass(
    String, label: String, className: String, model: String, classes: [String])
  case otherClasses(second: String, [String], first: String, [String])
  /// One is a single-label and the other a multi-label model.
  case otherKind(second: String, first: String)
}
