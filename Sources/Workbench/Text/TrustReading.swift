/// A measure of an explanation, as far as it is computed.
public struct TrustReading: Sendable, Equatable {
  public enum Best: Sendable, Equatable { case low, high, zero }

  /// The measure's name on the command line.
  public var name: String
  public var title: String
  /// What it measures, in one sentence.
  public var summary: String
  public var best: Best
  /// nil if it does not apply.
  public var value: Float?
  /// Why it does not apply, or a remark on the value.
  public var remark: String?

  public init(
    name: String, title: String, summary: String, best: Best, value: Float?, remark: String? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.best = best
    self.value = value
    self.remark = remark
  }
}

/// The measures beside a heatmap, the cheap ones first.
public enum TrustStrip {
  /// Measured for the explanation and for random scores as a baseline.
  public static let compared = ["comprehensiveness", "sufficiency", "leave-one-out-tau"]
  /// Measured for the explanation only.
  public static let alone = ["seed-spread"]
  /// Measured for molecules: the spread over spellings.
  public static let spellings = "spelling-spread"
  /// How many seeds of the control are averaged.
  public static let controlSeeds = 3
  /// The most passes of a measure; more expensive ones are left out with a remark: for a long text,
  /// those with a pass per token.
  public static func mostPasses(tokens: Int) -> Int { tokens <= longText ? 20_000 : 100 }
  private static let longText = 512
}
