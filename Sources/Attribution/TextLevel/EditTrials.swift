public import Classifiers
internal import Tensors
public import Tokenizers

/// Runs a model on many edits of one text, in batches, each as if it had been typed.
public struct EditTrials: Sendable {
  public let model: Model
  public let subject: EditedText
  /// The present text, without the parts that are switched off.
  public let encoding: Encoding

  private let whole: Encoding

  public init(_ subject: EditedText, model: Model) {
    self.model = model
    self.subject = subject
    whole = model.tokenizer.encode(subject)
    encoding = whole.without(subject.off)
  }

  /// The model's prediction for the present text.
  public func prediction() throws -> Prediction {
    try Task.checkCancellation()
    return try model.predict(encoding)
  }

  /// The words of the text that are switched on, in order, as UTF-8 ranges without white space at
  /// their ends; for a pair, in the layout of both texts.
  public var words: [Range<Int>] {
    encoding.groups(by: .word).filter { !$0.isFrame && !$0.utf8Range.isEmpty }
      .map { subject.text.utf8Trimmed(encoding.joinedTexts.joinedRange($0.utf8Range, in: $0.part)) }
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  /// The encoding of the text after these edits.
  public func encoding(after edits: [TextEdit]) -> Encoding {
    let changed = subject.applying(edits)
    let isAsTyped = edits.allSatisfy { $0.replacement == nil }
    return (isAsTyped ? whole : model.tokenizer.encode(changed)).without(changed.off)
  }

  /// The probabilities of all classes after each list of edits, in order.
  ///
  /// - Parameter received: called after each call of the model, with the results so far.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func probabilities(
    of trials: [[TextEdit]], received: ([[Float]]) throws -> Void = { _ in }
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
      // A row may be longer than the text.
      let rows = trials[start...].prefix(request.rowsPerCall(tokens: encoding.pieces.count + 8))
        .map { encoding(after: $0).tokens }
      let logits = try request.pass { try variants.logits(for: rows) }
      for row in rows.indices {
        results.append(Classifiers.probabilities(logits[row: row], link: model.classifier.link))
      }
      start += rows.count
      try received(results)
    }
    return results
  }
}

extension Tokenizer {
  /// Encodes one text or the pair, including the parts that are switched off.
  public func encode(_ edited: EditedText) -> Encoding {
    let texts = edited.texts
    return encode(texts.text, pair: texts.pair)
  }
}

/// The decision that is watched: the predicted class if classes exclude each other, otherwise
/// whether the selected class is predicted.
public struct Decision: Sendable {
  private let rule: DecisionRule
  private let classIndex: Int

  public init(_ rule: DecisionRule, classIndex: Int) {
    self.rule = rule
    self.classIndex = classIndex
  }

  /// The probability of the model's decision: for a label that is not predicted, that of its
  /// absence.
  func certainty(_ probabilities: [Float], of decided: Int?) -> Float {
    let probability = probabilities[classIndex]
    return rule.link == .sigmoid && decided == 0 ? 1 - probability : probability
  }

  /// Whether the first of two probabilities of the class makes the decision more certain.
  func isMoreCertain(_ probability: Float, than other: Float, of decided: Int?) -> Bool {
    rule.link == .sigmoid && decided == 0 ? probability < other : probability > other
  }

  /// A number that changes when the decision does; nil for a model that makes no decision, like a
  /// regression.
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

  /// In which direction the score of the watched or predicted class has to change for another
  /// decision.
  func direction(from probabilities: [Float]) -> HotFlip.Direction {
    let isExclusive = rule.isExclusive(classes: probabilities.count)
    return isExclusive || self(probabilities) == 1 ? .down : .up
  }
}
