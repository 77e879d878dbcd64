public import Attribution
public import Reports

/// An explanation as it came, and the heatmap that was made of it.
public struct Explanation: Sendable, Equatable {
  public var job: ExplanationJob
  public var text: String
  public var attribution: Attribution
  public var map: HeatMap
  public var seconds: Double
  public var isFinal: Bool
}
