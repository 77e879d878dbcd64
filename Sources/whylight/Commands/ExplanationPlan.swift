internal import Attribution
internal import Classifiers
internal import Molecules
internal import Reports
internal import Tokenizers

/// The options of `explain`, looked up in a model.
struct ExplanationPlan {
  var explainers: [any Explainer]
  /// All methods were asked for: what a text is too long for is left out.
  var isAll = false
  var measures: [any Measure] = []
  /// nil is the predicted class of each text.
  var classIndex: Int?
  var versus: Int?
  var quantity: Target.Quantity?
  var options: ExplainerOptions
  var unit: ScoreUnit
  /// Texts are molecules.
  var readsMolecules = false
  /// What of a molecule is removed as one, beside what the method says.
  var moleculeUnit: MoleculeUnit?
  /// Of two texts: how their words meet.
  var interactions: PairInteractions?
  /// In how many other spellings a molecule is explained too.
  var spellings: Int?

  /// - Throws: `Failure` where the options don't suit the method.
  /// - Parameters:
  ///   - rationale: which tokens people gave as the reason.
  ///   - secondsPerPass: what the prediction took, to tell how long the explanation will.
  func explain(
    _ prediction: Prediction, with explainer: any Explainer, model: Model,
    rationale: [Bool]? = nil, secondsPerPass: Double = 0
  ) throws -> ExplainedText {
    let target = Target(
      classIndex: classIndex ?? prediction.classIndex, versus: versus,
      quantity: quantity ?? explainer.card.defaultQuantity)
    let request = ExplanationRequest(
      model: model, encoding: prediction.encoding, target: target, options: options)
    let clock = ContinuousClock()
    let start = clock.now
    let progress = ProgressLine()
    let expected = explainer.expectedPasses(for: request)
    func report(_ done: Int) {
      progress.show(
        explainer.card.name, passes: done, of: expected, secondsPerPass: secondsPerPass)
    }
    defer { progress.clear() }
    do {
      report(0)
      let attribution = try explainer.explanation(of: request, refined: { report($0.evaluations) })
      let seconds = (clock.now - start) / .seconds(1)
      let asked = MeasureRequest(
        request: request, explainer: explainer, attribution: attribution, rationale: rationale)
      var explained = ExplainedText(
        prediction: prediction, card: explainer.card, target: target, attribution: attribution,
        unit: unit, seconds: seconds,
        measurements: try measures.map { measure in
          progress.show(
            "\(explainer.card.name), \(measure.card.name)", passes: 0,
            of: measure.expectedPasses(for: asked), secondsPerPass: secondsPerPass)
          return .init(name: measure.card.name, result: try measure.measure(asked))
        })
      explained.interactions = try interactions?.measure(request)
      if readsMolecules {
        explained.molecule = try molecule(asked, progress)
      }
      return explained
    } catch let error as ExplainerError {
      // A text may be too long for a method that the next one suits.
      if case .tooManyUnits = error { throw Failure.run(Messages.sentence(error)) }
      throw Failure.usage(Messages.sentence(error))
    }
  }
}

extension ExplanationPlan {
  private func molecule(
    _ asked: MeasureRequest, _ progress: ProgressLine
  ) throws -> ExplainedMolecule {
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
