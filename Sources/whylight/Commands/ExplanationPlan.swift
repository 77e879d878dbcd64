internal import Attribution
internal import Classifiers
internal import Molecules
internal import Reports
internal import Tokenizers

/// The options of `explain`, looked up in a model.
struct ExplanationPlan {
  var explainers: [any Explainer]
  /// Whether all methods were requested; those for which a text is too long are left out.
  var isAll = false
  var measures: [any Measure] = []
  /// nil for the predicted class of each text.
  var classIndex: Int?
  var versus: Int?
  var quantity: Target.Quantity?
  var options: ExplainerOptions
  var unit: ScoreUnit
  /// Whether texts are molecules.
  var readsMolecules = false
  /// The unit of a molecule that is removed, unless the method decides.
  var moleculeUnit: MoleculeUnit?
  /// For pairs: the interactions of words of both texts.
  var interactions: PairInteractions?
  /// The number of other spellings in which a molecule is explained as well.
  var spellings: Int?
  /// The costs that have been announced so far.
  let reported = ReportedCosts()

  /// - Throws: `Failure` if the options do not fit the method.
  /// - Parameters:
  ///   - rationale: the tokens that annotators marked as the reason.
  ///   - pass: the time of a pass, to announce the cost of the explanation before it begins.
  ///   - texts: the number of texts that are explained.
  func explain(
    _ prediction: Prediction, with explainer: any Explainer, model: Model, rationale: [Bool]?,
    pass: inout PassTime, texts: Int = 1, _ progress: ProgressLine
  ) throws -> ExplainedText {
    let target = Target(
      classIndex: classIndex ?? prediction.classIndex, versus: versus,
      quantity: quantity ?? explainer.card.defaultQuantity)
    let request = ExplanationRequest(
      model: model, encoding: prediction.encoding, target: target, options: options)
    let clock = ContinuousClock()
    let name = explainer.card.name
    func begin(_ work: String, passes: Int) throws {
      try progress.begin(
        work, passes: passes, over: prediction.encoding, by: model, &pass, texts: texts)
    }
    // of many texts the line goes on
    defer { if texts == 1 { progress.clear() } }
    do {
      try begin(name, passes: explainer.expectedPasses(for: request))
      let start = clock.now
      let attribution = try explainer.explanation(of: request) {
        progress.advance(passes: $0.evaluations)
      }
      let seconds = (clock.now - start) / .seconds(1)
      let asked = MeasureRequest(
        request: request, explainer: explainer, attribution: attribution, rationale: rationale)
      var explained = ExplainedText(
        prediction: prediction, card: explainer.card, target: target, attribution: attribution,
        unit: unit, seconds: seconds,
        measurements: try measures.map { measure in
          try begin("\(name), \(measure.card.name)", passes: measure.expectedPasses(for: asked))
          return .init(name: measure.card.name, result: try measure.measure(asked))
        })
      if let interactions, prediction.encoding.pair != nil {
        try begin(
          "interactions",
          passes: interactions.expectedPasses(for: prediction.encoding, options: options))
        explained.interactions = try interactions.measure(request)
      }
      if readsMolecules {
        if let spellings {
          let passes = explainer.expectedPasses(for: request)
          try begin("\(name), \(spellings) spellings", passes: spellings * passes)
        }
        explained.molecule = try molecule(asked)
      }
      return explained
    } catch let error as ExplainerError {
      // A text may be too long for one method, but not for the next.
      if case .tooManyUnits = error { throw Failure.run(Messages.sentence(error)) }
      throw Failure.usage(Messages.sentence(error))
    }
  }
}

extension ExplanationPlan {
  private func molecule(_ asked: MeasureRequest) throws -> ExplainedMolecule {
    let (request, model) = (asked.request, asked.request.model)
    var molecule = ExplainedMolecule(request.encoding, scores: asked.attribution.scores)
    molecule.modelQuality = model.facts.quality.map { Messages.sentence($0) }
    guard molecule.reading.problem == nil else { return molecule }
    if let moleculeUnit {
      molecule.units = try MoleculeUnitScore.scores(
        by: moleculeUnit, of: molecule.reading, encoding: request.encoding, target: request.target,
        prediction: try model.predict(request.encoding), model: model)
    }
    if let spellings {
      molecule.spellings = try SpellingSpread.measure(
        request, by: asked.explainer, count: spellings, seed: options.seed)
    }
    return molecule
  }
}
