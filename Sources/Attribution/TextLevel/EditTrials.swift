public import Classifiers
internal import Tensors
public import Tokenizers

/// Asks a model about many changes of one text, in batches, each as if it had been typed.
public struct EditTrials: Sendable {
  public let model: Model
  public let subject: EditedText
  /// The text as it is, without what is not read.
  public let encoding: Encoding

  private let whole: Encoding

  public init(_ subject: EditedText, model: Model) {
    self.model = model
    self.subject = subject
    whole = model.tokenizer.encode(subject)
    encoding = whole.without(subject.off)
  }

  /// What the model says of the text as it is.
  public func prediction() throws -> Prediction {
    try Task.checkCancellation()
    return try model.predict(encoding)
  }

  /// The words of the text that are read, in its order, as UTF-8 ranges without white space at their
  /// ends; of a pair in the layout of both texts.
  public var words: [Range<Int>] {
    encoding.groups(by: .word).filter { !$0.isFrame && !$0.utf8Range.isEmpty }
      .map { subject.text.utf8Trimmed(encoding.joinedTexts.joinedRange($0.utf8Range, in: $0.part)) }
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  /// The pieces as the model reads them after these changes.
  public func encoding(after edits: [TextEdit]) -> Encoding {
    let changed = subject.applying(edits)
    let isAsTyped = edits.allSatisfy { $0.replacement == nil }
    return (isAsTyped ? whole : model.tokenizer.encode(changed)).without(changed.off)
  }

  /// The probabilities of all classes after each list of changes, in their order.
  ///
  /// - Parameter heard: called after each call to the model with the results so far.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func probabilities(
    of trials: [[TextEdit]], heard: ([[Float]]) throws -> Void = { _ in }
  ) throws -> [[Float]] {
    var results: [[Float]] = []
    results.reserveCapacity(trials.count)
    guard !trials.isEmpty else { return [] }
    let request = ExplanationRequest(
      model: model, encoding: encoding, target: Target(classIndex: 0))
    let variants = try request.pass { try model.classifier.variants(of: encoding.tokens) }
    var start = 0
    while start < trials.count {
      try Task.checkCancellation()
      // a row may be longer than the text
      let rows = trials[start...].prefix(request.rowsPerCall(tokens: encoding.pieces.count + 8))
        .map { encoding(after: $0).tokens }
      let logits = try request.pass { try variants.logits(for: rows) }
      for row in rows.indices {
        results.append(Classifiers.probabilities(logits[row: row], link: model.classifier.link))
      }
      start += rows.count
      try heard(results)
    }
    return results
  }
}

extension Tokenizer {
  /// One text or the pair, without what is switched off being taken away.
  public func encode(_ edited: EditedText) -> Encoding {
    let texts = edited.texts
    return encode(texts.text, pair: texts.pair)
  }
}

/// Which of a model's decisions is watched: the winner of classes that exclude each other, else
/// whether the class that is looked at is given.
public struct Decision: Sendable {
  private let rule: DecisionRule
  private let classIndex: Int

  public init(_ rule: DecisionRule, classIndex: Int) {
    self.rule = rule
    self.classIndex = classIndex
  }

  /// How sure the model is of what it decided: of a class that it does not give, that it does not.
  func certainty(_ probabilities: [Float], of decided: Int?) -> Float {
    let probability = probabilities[classIndex]
    return rule.link == .sigmoid && decided == 0 ? 1 - probability : probability
  }

  /// The same of two probabilities of the class.
  func isSurer(_ probability: Float, than other: Float, of decided: Int?) -> Bool {
    rule.link == .sigmoid && decided == 0 ? probability < other : probability > other
  }

  /// A number that is another one once the model decides otherwise; nil for a model that decides
  /// nothing, as a regression does.
  public func callAsFunction(_ probabilities: [Float]) -> Int? {
    switch rule.link {
    case .identity: nil
    case .softmax where rule.isExclusive(classes: probabilities.count):
      probabilities.indices.max { probabilities[$0] < probabilities[$1] }
    case .softmax, .sigmoid:
      probabilities.indices.contains(classIndex)
        ? (rule.isGiven(classIndex, probabilities) ? 1 : 0) : nil
    }
  }

  /// Where the score of the class that is watched, or won, has to go for another decision.
  func direction(from probabilities: [Float]) -> HotFlip.Direction {
    let isExclusive = rule.isExclusive(classes: probabilities.count)
    return isExclusive || self(probabilities) == 1 ? .down : .up
  }
}
