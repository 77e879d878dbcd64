/// How far the explanations on a data set can be trusted: the mean of a measure over its texts.
public struct MeasureAverage: Sendable {
  public var method: String
  public var measure: String
  public var estimate = MeanEstimate()
  /// Texts to which the measure or the method does not apply.
  public var notApplicable = 0

  public init(method: String, measure: String) {
    self.method = method
    self.measure = measure
  }
}
