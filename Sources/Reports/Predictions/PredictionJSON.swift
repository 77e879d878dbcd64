public import Classifiers
public import Datasets
internal import Documents

/// One JSON object per line.
public struct PredictionJSON: PredictionReport {
  private let model: Model

  public init(model: Model) { self.model = model }

  public func output(of prediction: Prediction, record: TextRecord, index: Int, rank: Int?)
    -> Output
  {
    let place = rank.map { [JSON.Member("rank", .integer($0))] } ?? []
    let json = ResultJSON.prediction(
      prediction, and: place, of: record, index: index, model: model)
    return Output("\(json)\n" as JSONText)
  }
}
