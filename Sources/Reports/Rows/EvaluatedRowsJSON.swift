internal import Classifiers
internal import Datasets
internal import Documents

/// An object per line for each row of the data set.
struct EvaluatedRowsJSON: RowReport {
  private let model: Model

  init(_ settings: ReportSettings) { model = settings.model }

  func output(of example: Example, _ judgement: Judgement) -> Output {
    let loss = Loss(example: example, judgement: judgement)
    let members =
      LossJSON.members(loss, classes: model.classifier.classes) + [
        .init("probabilities", ResultJSON.probabilities(judgement.probabilities, of: model))
      ]
    return Output("\(JSON.object(members))\n" as JSONText)
  }
}
