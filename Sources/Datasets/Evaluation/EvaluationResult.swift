/// An evaluation, and how it was made.
public struct EvaluationResult: Sendable {
  public var evaluation: Evaluation
  public var facts: DatasetFacts
  public var seconds: Double
  /// The query that all rows had to match; nil for all rows.
  public var condition: String?
  /// Empty if no measure was requested.
  public var measures: [MeasureAverage]
  /// nil without a second model.
  public var against: AgainstResult?

  public init(
    evaluation: Evaluation, facts: DatasetFacts, seconds: Double, condition: String? = nil,
    measures: [MeasureAverage] = [], against: AgainstResult? = nil
  ) {
    self.evaluation = evaluation
    self.facts = facts
    self.seconds = seconds
    self.condition = condition
    self.measures = measures
    self.against = against
  }
}

/// The evaluation of a regression, and how it was made.
public struct RegressionResult: Sendable {
  public var evaluation: RegressionEvaluation
  public var facts: DatasetFacts
  public var seconds: Double

  public init(evaluation: RegressionEvaluation, facts: DatasetFacts, seconds: Double) {
    self.evaluation = evaluation
    self.facts = facts
    self.seconds = seconds
  }
}
