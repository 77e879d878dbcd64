internal import Reports
internal import Workbench

/// A one-word verdict on a measure of an explanation.
struct TrustVerdict: Equatable {
  enum Grade: Equatable { case good, fair, poor }
  var grade: Grade
  var word: String

  /// Below this probability of the explained class there is too little to lose for a loss to be
  /// meaningful.
  static let leastProbability: Float = 0.1

  /// A loss below this share of the probability counts as no effect.
  static let leastShare: Float = 0.05

  /// Judges a value as a share of the probability that can be lost, and by comparison with random
  /// scores: if noise measures equally well, the map is no better than noise.
  ///
  /// - Parameter probability: the explained class's probability for the text; nil for a regression,
  ///   whose values have no scale to be judged by.
  init?(_ reading: TrustReading, control: Float?, probability: Float?) {
    guard let value = reading.value else { return nil }
    switch reading.name {
    case "seed-spread", TrustStrip.spellings:
      self.init(
        value < 0.1 ? .good : value < 0.3 ? .fair : .poor,
        value < 0.1
          ? "steady"
          : value < 0.3 ? "fair" : reading.name == "seed-spread" ? "unsteady" : "it depends")
    case "leave-one-out-tau":
      guard let control else { return nil }
      self.init(value: value, gain: value - control, shares: (0.05, 0.2), "disagrees")
    default:
      guard let control else { return nil }
      if reading.best == .high {
        self.init(loss: value, control: control, probability: probability)
        return
      }
      guard let probability, probability >= Self.leastProbability else { return nil }
      let (share, other) = (value / probability, control / probability)
      // The share of the probability that remains when only the painted words are read.
      self.init(value: 1 - share, gain: other - share, shares: (0.2, 0.5), "too weak")
    }
  }

  /// Judges the average loss of the explained class while words are removed, compared with random
  /// orders.
  init?(loss: Float, control: Float, probability: Float?) {
    guard let probability, probability >= Self.leastProbability else { return nil }
    self.init(
      value: loss / probability, gain: (loss - control) / probability,
      shares: (Self.leastShare, 0.2), "no effect")
  }

  /// - Parameters:
  ///   - value: the measured quantity, at best 1.
  ///   - gain: the difference from random scores.
  ///   - shares: the minimum values for `fair` and for `good`.
  ///   - nothing: the word for a value below `fair`.
  private init(value: Float, gain: Float, shares: (fair: Float, good: Float), _ nothing: String) {
    if value < shares.fair {
      self.init(.poor, nothing)
    } else if gain < 0.05 {
      self.init(.poor, "as random")
    } else if gain < 0.2 || value < shares.good {
      self.init(.fair, "fair")
    } else {
      self.init(.good, "good")
    }
  }

  /// A summary of several verdicts in the words of the trust strip; nil if there are none.
  static func summary(_ verdicts: [TrustVerdict]) -> (words: String, isPoor: Bool)? {
    guard !verdicts.isEmpty else { return nil }
    let passed = verdicts.count { $0.grade != .poor }
    let all = verdicts.count
    return (
      passed == all
        ? "beats random scores (right): \(all) of \(all)"
        : "careful: \(all - passed) of \(all) checks failed",
      passed < all
    )
  }

  private init(_ grade: Grade, _ word: String) {
    self.grade = grade
    self.word = word
  }
}

/// An explanation of the measures and of their good values, for users who see them for the first
/// time.
struct TrustCard {
  let lines: [String]

  init(_ state: State) {
    guard let shown = state.explanations.shown else {
      lines = ["nothing is measured yet"]
      return
    }
    let choice = shown.job.choice
    let readings = state.trust.readings(of: choice).filter { !$0.isSpreadOfDeterministicMethod }
    guard !readings.isEmpty else {
      lines = ["nothing is measured yet"]
      return
    }
    var lines = readings.flatMap { reading -> [String] in
      let value = reading.value.map { Numerals.fixed($0, 2) } ?? state.signs.dash
      let control = state.trust.control(of: choice, reading.name).map {
        ", random scores have \(Numerals.fixed($0, 2))"
      }
      let best = reading.best == .high ? "high is good" : "low is good"
      let remark = reading.remark.map { "  (\($0))" } ?? ""
      return ["\(reading.title) \(value)\(control ?? "")  \(best)\(remark)", reading.summary, ""]
    }
    lines.append(
      state.isRegression
        ? "For a regression the value takes the place of the class's probability; it has no fixed scale, "
          + "so compare it with random scores."
        : "good and fair: better than random scores by a meaningful share of the probability. "
          + "as random: random scores do as well, so do not trust the map.")
    if let key = state.catalog.keymap.keyName(named: "curve") {
      lines += [
        "", "\(key) draws how the probability falls while the words are removed one after another.",
      ]
    }
    self.lines = lines
  }
}

extension TrustReading {
  /// Whether the reading is the spread over seeds of a deterministic method, which says nothing.
  var isSpreadOfDeterministicMethod: Bool { name == "seed-spread" && value == 0 }
}
