internal import Attribution
internal import Classifiers
internal import Explorer
internal import Reports
internal import Tokenizers

/// Measures how far an explanation can be trusted, the cheap measures first, and the same of random
/// scores, which are the yardstick.
struct TrustRun {
  let model: Model
  let encoding: Encoding
  let request: TrustRequest
  /// Takes the model passes as they are made.
  let counter: PassCounter
  /// Takes what is being measured.
  let progress: @Sendable (TrustProgress) -> Void

  /// - Parameter heard: takes what is known after each measure; the last one is final.
  /// - Throws: `CancellationError` within one model pass, and what the model throws.
  func run(heard: (TrustAnswer) -> Void) throws {
    guard let explainer = Catalog.explainer(named: request.choice.method) else { return }
    var readings: [TrustReading] = []
    var control: [String: Float] = [:]
    func tell(isFinal: Bool) {
      heard(
        TrustAnswer(
          edition: request.edition, choice: request.choice, readings: readings, control: control,
          isFinal: isFinal))
    }
    var own = measureRequest(explainer, request.attribution)
    let random = request.needsControl ? try randomRequests() : []
    let expected = expectedPasses(of: own, random: random.count)
    for name in TrustStrip.compared {
      guard let measure = Catalog.measure(named: name) else { continue }
      progress(described(measure, expected))
      readings.append(try reading(measure, of: own))
      let isLeftOut = !isAffordable(measure.expectedPasses(for: own))
      let values = try isLeftOut ? [] : random.compactMap { try measure.measure($0).value }
      if !values.isEmpty {
        control[name] = Float(values.reduce(0, +) / Double(values.count))
      }
      tell(isFinal: false)
    }
    for name in TrustStrip.alone {
      guard let measure = Catalog.measure(named: name) else { continue }
      own.heardSeed = { [self] in progress(described(measure, expected, seed: ($0, $1))) }
      readings.append(try reading(measure, of: own))
    }
    tell(isFinal: true)
  }

  private func described(
    _ measure: any Measure, _ expected: Int, seed: (Int, Int)? = nil
  ) -> TrustProgress {
    TrustProgress(
      edition: request.edition, choice: request.choice, measure: measure.card.title, seed: seed,
      expectedPasses: expected)
  }

  /// Of all measures that are affordable, each of the compared ones for the control too.
  private func expectedPasses(of own: MeasureRequest, random: Int) -> Int {
    func passes(_ names: [String], times: Int) -> Int {
      names.compactMap { Catalog.measure(named: $0)?.expectedPasses(for: own) }
        .filter(isAffordable).reduce(0, +) * times
    }
    return passes(TrustStrip.compared, times: 1 + random) + passes(TrustStrip.alone, times: 1)
  }

  private func reading(_ measure: any Measure, of own: MeasureRequest) throws -> TrustReading {
    let card = measure.card
    var reading = TrustReading(
      name: card.name, title: card.title, summary: card.summary, best: card.best.asReading,
      value: nil)
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

  private func randomRequests() throws -> [MeasureRequest] {
    let explainer = RandomControl()
    return try (0..<UInt64(TrustStrip.controlSeeds)).map { seed in
      var options = ExplainerOptions()
      options.seed = seed
      let request = explanationRequest(options)
      return MeasureRequest(
        request: request, explainer: explainer,
        attribution: try explainer.explain(request) { _ in })
    }
  }

  private func measureRequest(
    _ explainer: any Explainer, _ attribution: Attribution
  ) -> MeasureRequest {
    MeasureRequest(
      request: explanationRequest(request.options), explainer: explainer,
      attribution: attribution)
  }

  private func explanationRequest(_ options: ExplainerOptions) -> ExplanationRequest {
    var explanation = ExplanationRequest(
      model: model, encoding: encoding,
      target: request.choice.target,
      options: options)
    explanation.counter = counter
    return explanation
  }
}

extension MeasureCard.Best {
  fileprivate var asReading: TrustReading.Best {
    switch self {
    case .low: .low
    case .high: .high
    case .zero: .zero
    }
  }
}
