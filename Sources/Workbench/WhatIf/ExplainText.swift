public import Attribution
public import Classifiers

/// The map of a text other than the typed one.
public struct ExplainText: WhatIfQuestion {
  public struct Answer: Sendable, Equatable {
    public var prediction: Prediction
    public var attribution: TokenAttribution

    public init(prediction: Prediction, attribution: TokenAttribution) {
      self.prediction = prediction
      self.attribution = attribution
    }
  }

  public var text: EditedText
  public var choice: ExplanationChoice
  /// The explainer's options.
  public var options: ExplainerOptions

  public init(_ text: EditedText, _ choice: ExplanationChoice, options: ExplainerOptions) {
    self.text = text
    self.choice = choice
    self.options = options
  }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let model = try lab.model(in: choice.seat).model
    let explainer = try ExplainerCatalog.explainer(of: choice)
    let prediction = try EditTrials(text, model: model).prediction()
    let attribution = try explainer.explanation(
      of: Explain(prediction.encoding, choice, options: options).request(lab))
    return Answer(prediction: prediction, attribution: attribution)
  }
}
