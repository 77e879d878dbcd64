public import Attribution
public import Reports

/// An explanation as the explainer returned it, with the heatmap made from it.
public struct Explanation: Sendable, Equatable {
  public var job: ExplanationJob
  public var text: String
  public var attribution: Attribution
  public var map: HeatMap
  public var seconds: Double
  public var isFinal: Bool
}
