internal import Attribution
internal import Classifiers
internal import Tokenizers

/// The options of `explain`, looked up in a model.
struct ExplanationPlan {
  var explainers: [any Explainer]
  /// nil is the predicted class of each text.
  var classIndex: Int?
  var versus: Int?
  var quantity: Target.Quantity?
  var options: ExplainerOptions
  var unit: ScoreUnit

  /// - Throws: `Failure` where the options don't suit the method.
  func explain(
    _ prediction: Prediction, with explainer: any Explainer, model: Model
  ) throws -> Explanation {
    let target = Target(
      classIndex: classIndex ?? prediction.classIndex, versus: versus,
      quantity: quantity ?? explainer.card.defaultQuantity)
    let request = ExplanationRequest(
      model: model, encoding: prediction.encoding, target: target, options: options)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let attribution = try explainer.explain(request, refined: { _ in })
      return Explanation(
        prediction: prediction, card: explainer.card, target: target, attribution: attribution,
        unit: unit, units: attribution.scores(by: unit, of: prediction.encoding),
        seconds: (clock.now - start) / .seconds(1))
    } catch let error as ExplainerError {
      throw Failure.usage(Messages.sentence(error))
    }
  }
}

/// One method's answer for one text, ready to be written.
struct Explanation {
  var prediction: Prediction
  var card: MethodCard
  var target: Target
  var attribution: Attribution
  var unit: ScoreUnit
  var units: [UnitScore]
  var seconds: Double
}
