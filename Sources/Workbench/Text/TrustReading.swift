/// A measure of an explanation, as far as it is known.
public struct TrustReading: Sendable, Equatable {
  public enum Best: Sendable, Equatable { case low, high, zero }

  /// The measure's name on the command line.
  public var name: String
  public var title: String
  /// One sentence: what it asks.
  public var summary: String
  public var best: Best
  /// nil where it does not apply.
  public var value: Float?
  /// Why it does not, or what to know of the value.
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

/// Which measures stand beside a heatmap, the cheap ones first.
public enum TrustStrip {
  /// Measured for the explanation at hand and for random scores: the yardstick.
  public static let compared = ["comprehensiveness", "sufficiency", "leave-one-out-tau"]
  /// Measured for the explanation alone.
  public static let alone = ["seed-spread"]
  /// Measured of molecules: the spread over spellings.
  public static let spellings = "spelling-spread"
  /// So many seeds of the control are averaged.
  public static let controlSeeds = 3
  /// Dearer measures are left out, and say so: of a long text what costs a pass a token.
  public static func mostPasses(tokens: Int) -> Int { tokens <= longText ? 20_000 : 100 }
  private static let longText = 512
}
