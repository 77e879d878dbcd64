public import Classifiers
public import Datasets
internal import Tokenizers

/// A row for each text, with a column for the probability of each class.
public struct PredictionCSV: PredictionReport {
  private let model: Model
  private let form: CSVForm
  private let isRanked: Bool

  public init(_ settings: ReportSettings) {
    model = settings.model
    form = settings.csvForm
    isRanked = settings.isRanked
  }

  private var classes: [String] { model.classifier.classes }

  public var opening: Output {
    let given = model.rule.given([]) == nil ? [] : ["given"]
    return Output(
      CSVText(
        row: ["index", "class"] + given + classes + ["text", "truncated", "pair"]
          + (isRanked ? ["rank"] : []), form))
  }

  public func output(of prediction: Prediction, record: TextRecord, index: Int, rank: Int?)
    -> Output
  {
    let given = model.rule.given(prediction.probabilities).map {
      [ClassNames.text(.several($0), classes)]
    }
    let cells =
      [String(index), classes[prediction.classIndex]] + (given ?? [])
      + prediction.probabilities.map(\.description)
      + [
        prediction.encoding.text, prediction.encoding.truncation?.sentence ?? "",
        prediction.encoding.pair ?? "",
      ] + (isRanked ? [rank.map { String($0) } ?? ""] : [])
    return Output(CSVText(row: cells, form))
  }
}
