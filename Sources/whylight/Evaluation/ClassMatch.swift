internal import Classifiers
internal import Datasets
internal import Reports

/// The classes of a second model in the order of the first one's.
struct ClassMatch {
  /// The place of each of the first model's classes among the second one's.
  private let places: [Int]
  private let rule: DecisionRule
  /// What was assumed of classes that are not called alike, as a sentence; nil where all are.
  let assumption: String?

  /// A class of the second model, and the same one of the first.
  typealias Pair = (label: String, className: String)

  /// - Parameter given: what the user says of classes, as `--class-map`.
  /// - Throws: `Failure` where the two know other classes, or in another way.
  init(_ second: Model, beside first: Model, given: [Pair] = []) throws {
    let (mine, others) = (first.classifier.classes, second.classifier.classes)
    let link = second.classifier.link
    for pair in given {
      for (model, name) in [(second, pair.label), (first, pair.className)]
      where !model.classifier.classes.contains(name) {
        throw Failure.usage(
          "--class-map \(pair.label)=\(pair.className): \(model.name) has no class '\(name)';"
            + " its classes are \(Messages.shortList(model.classifier.classes))")
      }
    }
    guard let match = ClassMatching(others, to: mine, given: given) else {
      let way =
        mine.count == others.count
        ? "; --class-map OTHER=THIS says which is which, for each class" : ""
      throw Failure.usage(
        "\(second.name) knows the classes \(Messages.shortList(others)) and \(first.name)"
          + " \(Messages.shortList(mine)): two models are compared on the same classes" + way)
    }
    places = match.places
    rule = DecisionRule(
      link, thresholds: match.places.map(second.classifier.rule.threshold(of:)))
    let pairs = zip(mine, match.places).map { "\(others[$1]) = \($0)" }
    assumption =
      match.isByName
      ? nil
      : "the classes of \(second.name) and \(first.name) were matched by the numbers in their"
        + " names: \(Messages.shortList(pairs))"
    guard link == first.classifier.link, link != .identity else {
      throw Failure.usage(
        "\(second.name) and \(first.name) don't both answer with one class a text, or both with"
          + " several")
    }
  }

  /// In the first model's classes.
  func judgement(_ answer: ModelAnswer, gold: Gold) -> Judgement {
    var answer = answer
    answer.logits = places.map { [logits = answer.logits] in logits[$0] }
    return Judgement(answer, gold: gold, rule: rule)
  }
}
