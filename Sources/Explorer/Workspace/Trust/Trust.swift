public import Attribution

/// Asks how far an explanation of the present text can be trusted.
public struct TrustRequest: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  public var attribution: Attribution
  /// How it was computed.
  public var options: ExplainerOptions
  /// Random scores have yet to be measured for this text and class.
  public var needsControl: Bool
}

/// A measure of an explanation, as far as it is known.
public struct TrustReading: Sendable, Equatable {
  public enum Best: Sendable, Equatable { case low, high, zero }

  /// The measure's name on the command line.
  public var name: String
  public var title: String
  /// One sentence: what it asks.
  public var summary: String
  public var best: Best
  /// nil if it does not apply.
  public var value: Float?
  /// Why it does not apply, or how to read the value.
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

/// What has been measured so far; the last answer holds all of it.
public struct TrustAnswer: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  public var readings: [TrustReading]
  /// The values for random scores by measure, where they were asked for.
  public var control: [String: Float]
  public var isFinal: Bool

  public init(
    edition: Edition, choice: ExplanationChoice, readings: [TrustReading],
    control: [String: Float], isFinal: Bool
  ) {
    self.edition = edition
    self.choice = choice
    self.readings = readings
    self.control = control
    self.isFinal = isFinal
  }
}

/// What is being measured of an explanation at the moment.
public struct TrustProgress: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  /// The measure's title.
  public var measure: String
  /// Which run with another seed it is, of how many; nil where nothing is drawn.
  public var seed: (number: Int, count: Int)? {
    seedNumber.map { ($0, seedCount) }
  }
  private var seedNumber: Int?
  private var seedCount = 0
  /// About how many model passes all the measures take.
  public var expectedPasses: Int

  public init(
    edition: Edition, choice: ExplanationChoice, measure: String,
    seed: (number: Int, count: Int)? = nil, expectedPasses: Int
  ) {
    self.edition = edition
    self.choice = choice
    self.measure = measure
    (seedNumber, seedCount) = (seed?.number, seed?.count ?? 0)
    self.expectedPasses = expectedPasses
  }
}

/// Which measures stand beside a heatmap, the cheap ones first.
public enum TrustStrip {
  /// Measured for the explanation at hand and for random scores: the yardstick.
  public static let compared = ["comprehensiveness", "sufficiency", "leave-one-out-tau"]
  /// Measured for the explanation alone.
  public static let alone = ["seed-spread"]
  /// So many seeds of the control are averaged.
  public static let controlSeeds = 3
  /// Dearer measures are left out, and say so: of a long text what costs a pass a token.
  public static func mostPasses(tokens: Int) -> Int { tokens <= longText ? 20_000 : 100 }
  static let longText = 512

  /// A name for where there is little room.
  static func label(_ name: String) -> String {
    switch name {
    case "comprehensiveness": "words removed"
    case "sufficiency": "words alone"
    case "leave-one-out-tau": "leave-one-out"
    case "seed-spread": "seed spread"
    default: name
    }
  }
}
