internal import Classifiers
internal import Datasets

/// A row for each row of the data set, with a column for the probability of each class.
struct EvaluatedRowsCSV: RowReport {
  private let classes: [String]
  private let form: CSVForm

  init(_ settings: ReportSettings) {
    classes = settings.model.classifier.classes
    form = settings.csvForm
  }

  var opening: Output {
    Output(
      CSVText(
        row: ["index", "line", "id", "gold", "predicted", "loss"]
          + classes.map { "probability_of_\($0)" } + ["text", "truncated", "pair"], form))
  }

  func output(of example: Example, _ judgement: Judgement) -> Output {
    Output(
      CSVText(
        row: [
          String(example.index), String(example.line), example.id ?? "",
          ClassNames.text(example.gold, classes), ClassNames.text(judgement.predicted, classes),
          judgement.loss.isNaN ? "" : judgement.loss.description,
        ] + judgement.probabilities.map(\.description)
          + [example.text, judgement.truncation?.sentence ?? "", example.pair ?? ""], form))
  }
}
