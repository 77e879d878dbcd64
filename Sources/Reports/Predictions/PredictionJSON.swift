public import Classifiers
public import Datasets

/// One JSON object per line.
public struct PredictionJSON: PredictionReport {
  private let model: Model

  public init(model: Model) { self.model = model }

  public func output(of prediction: Prediction, record: TextRecord, index: Int) -> Output {
    let json = ResultJSON.prediction(prediction, of: record, index: index, model: model)
    return Output("\(json)\n" as JSONText)
  }
}
