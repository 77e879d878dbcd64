/// A comparison of two models on a data set.
public struct AgainstResult: Sendable {
  public var name: String
  public var architecture: String
  public var agreement: ModelAgreement
  /// The second model's accuracy; NaN if no row has a label.
  public var accuracy: Double
  /// The rows whose text the second model did not read entirely.
  public var truncatedRows: Int
  /// Rows on which the two differ, those first on which both are most certain.
  public var differences: [Difference]

  public init(
    name: String, architecture: String, agreement: ModelAgreement, accuracy: Double,
    truncatedRows: Int, differences: [Difference]
  ) {
    self.name = name
    self.architecture = architecture
    self.agreement = agreement
    self.accuracy = accuracy
    self.truncatedRows = truncatedRows
    self.differences = differences
  }

  /// A row with different predictions.
  public struct Difference: Sendable {
    public var example: Example
    public var first: Judgement
    public var second: Judgement

    public init(example: Example, first: Judgement, second: Judgement) {
      self.example = example
      self.first = first
      self.second = second
    }

    /// The smaller of the two predictions' probabilities.
    package var confidence: Float { min(first.answerProbability, second.answerProbability) }
  }
}
