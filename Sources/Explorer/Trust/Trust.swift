public import Attribution

/// Asks how far an explanation of the present text can be trusted.
public struct TrustRequest: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  public var attribution: Attribution
  /// The same measures of random scores are not known yet for this text and class.
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
    case "comprehensiveness": "comprehensive"
    case "leave-one-out-tau": "tau, leave one"
    case "seed-spread": "seed spread"
    default: name
    }
  }
}

/// A verdict in a word.
struct TrustVerdict: Equatable {
  enum Grade: Equatable { case good, fair, poor }
  var grade: Grade
  var word: String

  /// What a value is worth beside that of random scores: noise that measures as well as a map is
  /// what the map is not better than.
  init?(_ reading: TrustReading, control: Float?) {
    guard let value = reading.value else { return nil }
    if let control, reading.best != .zero {
      let gain = reading.best == .high ? value - control : control - value
      self =
        gain >= 0.2
        ? TrustVerdict(.good, "good")
        : gain >= 0.05
          ? TrustVerdict(.fair, "fair")
          : TrustVerdict(.poor, "as random")
    } else if reading.name == "seed-spread" {
      self =
        value == 0
        ? TrustVerdict(.good, "no seed")
        : value < 0.1
          ? TrustVerdict(.good, "steady")
          : value < 0.3 ? TrustVerdict(.fair, "fair") : TrustVerdict(.poor, "unsteady")
    } else {
      return nil
    }
  }

  private init(_ grade: Grade, _ word: String) {
    self.grade = grade
    self.word = word
  }
}
