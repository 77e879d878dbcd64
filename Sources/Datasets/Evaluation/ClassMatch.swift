public import Classifiers

/// The classes of a second model in the order of the first one's.
public struct ClassMatch: Sendable {
  /// The place of each of the first model's classes among the second one's.
  private let places: [Int]
  private let rule: DecisionRule
  /// The names of the second model, and of the first.
  public let names: (second: String, first: String)
  /// What was assumed of classes that are not called alike: each class of the second model with the one
  /// of the first that it was taken for; nil where all are called alike.
  public let assumed: [Pair]?

  /// A class of the second model, and the same one of the first.
  public typealias Pair = (label: String, className: String)

  /// - Parameter given: what the user says of classes, as `--class-map`.
  /// - Throws: `ClassMatchError` where the two know other classes, or in another way.
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
      link, thresholds: match.places.map(second.classifier.rule.threshold(of:)))
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

/// Why the answers of two models can't be compared.
public enum ClassMatchError: Error, Sendable, Equatable {
  /// What the user said of the classes names one that a model does not have.
  case noSuchClass(
    String, label: String, className: String, model: String, classes: [String])
  case otherClasses(second: String, [String], first: String, [String])
  /// Not both answer with one class a text, or both with several.
  case otherKind(second: String, first: String)
}
