public import Classifiers
internal import Glibc
public import Tokenizers

/// What a model said of one example, beside what a person says.
public struct Judgement: Sendable, Equatable {
  /// `[C]`.
  public var probabilities: [Float]
  /// The classes that the model decided for: the most probable one; of a model that knows several
  /// classes a text, all whose probability is above the model's own threshold.
  public var predicted: Gold
  /// Cross entropy in nats, the mean over the classes for several classes a text; NaN where nobody
  /// said what is right.
  public var loss: Double
  /// What of the text the model did not take in; nil where that is nothing.
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
      // A regression decides for no class.
      predicted = .unknown
    }
    loss = Self.loss(logits: logits, gold: gold, link: rule.link)
  }

  public init(_ answer: ModelAnswer, gold: Gold, rule: DecisionRule) {
    self.init(logits: answer.logits, gold: gold, rule: rule)
    truncation = answer.truncation
  }

  /// Of a model whose files name no threshold.
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
        // -log sigmoid(x) where the class is right, -log sigmoid(-x) where it is not
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
  /// Of what the model says, as the table has it.
  package var answerProbability: Float {
    var chunk = ExampleChunk(classes: probabilities.count)
    chunk.append(Example(index: 0, line: 1, content: .text(""), gold: .unknown), self)
    return chunk.example(0).probability
  }
}
