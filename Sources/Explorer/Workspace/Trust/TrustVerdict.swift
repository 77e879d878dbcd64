internal import Reports
internal import Workbench

/// A verdict in a word on a measure of an explanation.
struct TrustVerdict: Equatable {
  enum Grade: Equatable { case good, fair, poor }
  var grade: Grade
  var word: String

  /// Below this probability of the explained class there is nothing left to lose, so that no loss says
  /// anything.
  static let leastProbability: Float = 0.1

  /// A loss below this share of the probability is no effect.
  static let leastShare: Float = 0.05

  /// What a value is worth: as a share of the probability that there is to lose, and beside that of
  /// random scores, since noise that measures as well as a map is what the map is not better than.
  ///
  /// - Parameter probability: of the explained class at the text; nil for a regression, whose values
  ///   have no scale to be judged by.
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
      // what is left of the probability when the painted words stand alone
      self.init(value: 1 - share, gain: other - share, shares: (0.2, 0.5), "too weak")
    }
  }

  /// What the explained class loses on average while its words are removed, beside what it loses in
  /// random orders.
  init?(loss: Float, control: Float, probability: Float?) {
    guard let probability, probability >= Self.leastProbability else { return nil }
    self.init(
      value: loss / probability, gain: (loss - control) / probability,
      shares: (Self.leastShare, 0.2), "no effect")
  }

  /// - Parameters:
  ///   - value: how much there is of what is wanted, at best 1.
  ///   - gain: how much more than random scores have.
  ///   - shares: the least value to be fair, and to be good.
  ///   - nothing: the word for less than that.
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

  /// What several verdicts come to, in the words of the trust strip; nil for none.
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

/// What the measures ask, and which of their values are good: for who reads it the first time.
struct TrustCard {
  let lines: [String]

  init(_ state: State) {
    guard let shown = state.explanations.shown else {
      lines = ["nothing is measured yet"]
      return
    }
    let choice = shown.job.choice
    let readings = state.trust.readings(of: choice).filter { !$0.isOfNothingDrawn }
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
        ? "For a regression read the value in place of the class's probability; it has no scale to be "
          + "judged by, so compare it with random scores."
        : "good and fair: better than random scores, and by a share of the probability that counts. "
          + "as random: random scores do as well, so do not trust the map.")
    if let key = state.catalog.keymap.binding(of: .act(.showFinding(.curve)))?.keys.first?.name {
      lines += [
        "", "\(key) draws how the probability falls while the words are removed one after another.",
      ]
    }
    self.lines = lines
  }
}

extension TrustReading {
  /// The spread over seeds of a method that draws nothing: there is nothing to say.
  var isOfNothingDrawn: Bool { name == "seed-spread" && value == 0 }
}
