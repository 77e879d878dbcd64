public import Classifiers
internal import Reports

extension Lane {
  public static let describing = Lane("describing a model")
}

/// Describes a model by its facts in plain words and its model card.
public struct DescribeModel: Question {
  public struct Answer: Sendable, Equatable {
    public struct Fact: Sendable, Equatable {
      public var name: String
      public var value: String

      public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }

    /// Empty for a model that is not open.
    public var facts: [Fact]
    /// nil if there is no such page.
    public var card: ModelCardText?
    /// Why there is a page that can't be read, as a sentence.
    public var problem: String?

    public init(facts: [Fact], card: ModelCardText? = nil, problem: String? = nil) {
      (self.facts, self.card, self.problem) = (facts, card, problem)
    }
  }

  /// A value of `--model`; nil for the default model.
  public var argument: String?
  /// The seat of the model, if it is open.
  public var seat: ModelSeat?

  public init(argument: String?, seat: ModelSeat?) {
    (self.argument, self.seat) = (argument, seat)
  }

  public var lane: Lane { .describing }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    var answer = Answer(facts: [])
    if let seat {
      let opened = try lab.model(in: seat).opened
      let report = ModelReport(
        opened.model, notes: lab.surroundings.remarks(on: opened.model),
        quality: opened.summary.quality)
      answer.facts = report.plainFacts.map { Answer.Fact(name: $0.name, value: $0.value) }
    }
    try Task.checkCancellation()
    switch lab.surroundings.card(of: argument) {
    case .none: break
    case .found(let file): answer.card = ModelCardText(file)
    case .unreadable(let reason): answer.problem = reason
    }
    return answer
  }
}

/// The result of looking for a model card.
public enum FoundCard: Sendable, Equatable {
  case none
  case found(CardFile)
  /// The reason as a sentence.
  case unreadable(String)
}
