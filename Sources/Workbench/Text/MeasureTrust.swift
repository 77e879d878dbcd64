public import Attribution
internal import Classifiers
public import Reports
public import Tokenizers

extension Lane {
  public static let trust = Lane("trust")
}

/// How far an explanation can be trusted: its faithfulness measures, the cheap ones first, and the
/// same for random scores as a baseline.
public struct MeasureTrust: Question {
  public enum Answer: Sendable, Equatable {
    /// The measure that is being computed.
    case measuring(TrustProgress)
    /// All results so far; `control` has the values for random scores by measure, if they were
    /// requested.
    case readings([TrustReading], control: [String: Float])
    /// The explanation's scores for a molecule's atoms in other spellings.
    case spellings(SpellingSpread)
  }

  public var encoding: Encoding
  public var choice: ExplanationChoice
  public var attribution: TokenAttribution
  /// The options with which it was computed.
  public var options: ExplainerOptions
  /// Whether the measures of random scores are not known yet for this text and class.
  public var needsControl: Bool
  /// Whether the text is a molecule, which is also explained in other spellings.
  public var isMolecule: Bool

  public init(
    _ encoding: Encoding, _ choice: ExplanationChoice, attribution: TokenAttribution,
    options: ExplainerOptions, needsControl: Bool, isMolecule: Bool = false
  ) {
    self.encoding = encoding
    self.choice = choice
    self.attribution = attribution
    self.options = options
    self.needsControl = needsControl
    self.isMolecule = isMolecule
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(choice)
    hasher.combine(attribution.scores)
  }

  public var lane: Lane { .trust }
  public var pause: Duration { .milliseconds(120) }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let explainer = try ExplainerCatalog.explainer(of: choice)
    var readings: [TrustReading] = []
    var control: [String: Float] = [:]
    var own = MeasureRequest(
      request: try request(lab, options), explainer: explainer, attribution: attribution)
    let random = needsControl ? try randomRequests(lab) : []
    let expected = expectedPasses(of: own, random: random.count)
    for name in TrustStrip.compared {
      guard let measure = MeasureCatalog.measure(named: name) else { continue }
      try progress(.measuring(now(measure, expected)))
      readings.append(try reading(measure, of: own))
      let isLeftOut = !isAffordable(measure.expectedPasses(for: own))
      let values = try isLeftOut ? [] : random.compactMap { try measure.measure($0).value }
      if !values.isEmpty {
        control[name] = Float(values.reduce(0, +) / Double(values.count))
      }
      try progress(.readings(readings, control: control))
    }
    for name in TrustStrip.alone {
      guard let measure = MeasureCatalog.measure(named: name) else { continue }
      own.seedProgress = { [self] seed, count in
        // The model notices a cancellation, and the measure gets it from there.
        try? progress(.measuring(now(measure, expected, seed: (seed, count))))
      }
      readings.append(try reading(measure, of: own))
    }
    if isMolecule {
      try progress(.readings(readings, control: control))
      readings += try spellingReading(of: own, expected, progress: progress)
    }
    return .readings(readings, control: control)
  }

  /// - Returns: empty for a text that is not SMILES.
  private func spellingReading(
    of own: MeasureRequest, _ expected: Int, progress: @escaping Progress<Answer>
  ) throws -> [TrustReading] {
    var reading = TrustReading(
      name: TrustStrip.spellings, title: "spread over spellings",
      summary:
        "Does the explanation depend on the spelling? The same molecule can be written as SMILES in "
        + "many orders of its atoms. It was explained in \(SpellingSpread.usualCount) of them: the length of "
        + "the standard deviations of the atoms' scores, as a share of the length of their means.",
      best: .low, value: nil)
    let passes =
      SpellingSpread.usualCount * own.explainer.expectedPasses(for: own.request)
    guard isAffordable(passes) else {
      reading.remark = "\(Numerals.grouped(passes)) passes"
      return [reading]
    }
    func now(_ number: Int) -> Answer {
      .measuring(
        TrustProgress(
          measure: "spelling \(number) of \(SpellingSpread.usualCount)", expectedPasses: expected))
    }
    try progress(now(1))
    let spread = try SpellingSpread.measure(own.request, by: own.explainer) { count in
      try progress(now(min(count + 1, SpellingSpread.usualCount)))
    }
    guard let spread else { return [] }
    try progress(.spellings(spread))
    guard spread.distinct > 1 else { return [] }
    reading.value = spread.share
    reading.remark = spread.share == nil ? "all scores are zero" : nil
    return [reading]
  }

  private func now(
    _ measure: any Measure, _ expected: Int, seed: (Int, Int)? = nil
  ) -> TrustProgress {
    TrustProgress(measure: measure.card.title, seed: seed, expectedPasses: expected)
  }

  /// For all affordable measures, including the control of those that are compared.
  private func expectedPasses(of own: MeasureRequest, random: Int) -> Int {
    func passes(_ names: [String], times: Int) -> Int {
      names.compactMap { MeasureCatalog.measure(named: $0)?.expectedPasses(for: own) }
        .filter(isAffordable).reduce(0, +) * times
    }
    let spellings =
      isMolecule
      ? SpellingSpread.usualCount * own.explainer.expectedPasses(for: own.request) : 0
    return passes(TrustStrip.compared, times: 1 + random) + passes(TrustStrip.alone, times: 1)
      + (isAffordable(spellings) ? spellings : 0)
  }

  private func reading(_ measure: any Measure, of own: MeasureRequest) throws -> TrustReading {
    let card = measure.card
    var reading = TrustReading(
      name: card.name, title: card.title, summary: card.summary, best: .init(card.best), value: nil)
    let passes = measure.expectedPasses(for: own)
    guard isAffordable(passes) else {
      reading.remark = "\(Numerals.grouped(passes)) passes"
      return reading
    }
    try Task.checkCancellation()
    let result = try measure.measure(own)
    reading.value = result.value.map { Float($0) }
    reading.remark = result.reason
    return reading
  }

  private func isAffordable(_ passes: Int) -> Bool {
    passes <= TrustStrip.mostPasses(tokens: encoding.pieces.count)
  }

  private func randomRequests(_ lab: Lab) throws -> [MeasureRequest] {
    let explainer = RandomControl()
    return try (0..<UInt64(TrustStrip.controlSeeds)).map { seed in
      var options = ExplainerOptions()
      options.seed = seed
      let request = try request(lab, options)
      return MeasureRequest(
        request: request, explainer: explainer,
        attribution: try explainer.explanation(of: request))
    }
  }

  private func request(_ lab: Lab, _ options: ExplainerOptions) throws -> ExplanationRequest {
    try Explain(encoding, choice, options: options).request(lab)
  }
}

/// The measure of an explanation that is being computed.
public struct TrustProgress: Sendable, Equatable {
  /// The measure's title.
  public var measure: String
  /// Which run with another seed it is, and of how many; nil if nothing is random.
  public var seed: (number: Int, count: Int)? {
    seedNumber.map { ($0, seedCount) }
  }
  private var seedNumber: Int?
  private var seedCount = 0
  /// The approximate number of model passes of all measures.
  public var expectedPasses: Int

  public init(measure: String, seed: (number: Int, count: Int)? = nil, expectedPasses: Int) {
    self.measure = measure
    (seedNumber, seedCount) = (seed?.number, seed?.count ?? 0)
    self.expectedPasses = expectedPasses
  }
}

extension TrustReading.Best {
  fileprivate init(_ best: MeasureCard.Best) {
    switch best {
    case .low: self = .low
    case .high: self = .high
    case .zero: self = .zero
    }
  }
}
