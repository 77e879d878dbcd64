public import Classifiers
internal import Glibc
public import Tokenizers

/// A model's prediction for an example, and its label.
public struct Judgement: Sendable, Equatable {
  /// `[C]`.
  public var probabilities: [Float]
  /// The predicted classes: the most probable one; for a multi-label model, all whose probability
  /// is above the model's own threshold.
  public var predicted: Gold
  /// Cross entropy in nats, averaged over the classes for multi-label models; NaN without a label.
  public var loss: Double
  /// The part of the text that the model did not read; nil if it read all of it.
  public var truncation: Truncation?

  public init(logits: [Float], gold: Gold, rule: DecisionRule) {
    probabilities = Classifiers.probabilities(logits, link: rule.link)
    switch rule.link {
    case .softmax:
      let best = probabilities.indices.max { [probabilities] in
        probabilities[$0] < probabilities[$1]
      }
      predicted = .one(best ?? 0)
    case .sigmoid:
      predicted = .several(rule.given(probabilities) ?? [])
    case .identity:
      // A regression predicts no class.
      predicted = .unknown
    }
    loss = Self.loss(logits: logits, gold: gold, link: rule.link)
  }

  public init(_ answer: ModelAnswer, gold: Gold, rule: DecisionRule) {
    self.init(logits: answer.logits, gold: gold, rule: rule)
    truncation = answer.truncation
  }

  /// For a model whose files give no threshold.
  public init(logits: [Float], gold: Gold, link: OutputLink) {
    self.init(logits: logits, gold: gold, rule: DecisionRule(link))
  }

  private static func loss(logits: [Float], gold: Gold, link: OutputLink) -> Double {
    switch (link, gold) {
    case (_, .unknown), (.softmax, .several), (.identity, _): return .nan
    case (.softmax, .one(let index)):
      let target = Target(classIndex: index, quantity: .logProbability)
      return -target.unroundedValue(logits: logits, link: .softmax)
    case (.sigmoid, _):
      let right = Set(gold.classes)
      let losses = logits.enumerated().map { index, logit -> Double in
        // -log sigmoid(x) if the class applies, -log sigmoid(-x) if not
        let x = right.contains(index) ? Double(logit) : -Double(logit)
        return max(-x, 0) + log1p(exp(-x.magnitude))
      }
      return losses.reduce(0, +) / Double(max(1, losses.count))
    }
  }
}

extension Gold {
  public var classes: [Int] {
    switch self {
    case .unknown: []
    case .one(let index): [index]
    case .several(let indices): indices
    }
  }
}

extension Judgement {
  /// The probability of the prediction, as in `ExampleTable`.
  package var answerProbability: Float {
    var chunk = ExampleChunk(classes: probabilities.count)
    chunk.append(Example(index: 0, line: 1, content: .text(""), gold: .unknown), self)
    return chunk.example(0).probability
  }
}
