internal import Classifiers
internal import Datasets
internal import Documents

/// An evaluation in the formats that `evaluate` writes.
struct EvaluationReport {
  let result: EvaluationResult
  let model: Model
  /// The data set as the user named it.
  let data: String

  init(_ result: EvaluationResult, model: Model, data: String) {
    self.result = result
    self.model = model
    self.data = data
  }

  var evaluation: Evaluation { result.evaluation }

  /// The averages under the classes, called as scikit-learn's report calls them.
  var averages: [(name: String, scores: ClassScores)] {
    var rows = evaluation.isMultiLabel ? [("micro avg", evaluation.micro)] : []
    rows += [("macro avg", evaluation.macro), ("weighted avg", evaluation.weighted)]
    if let samples = evaluation.samples { rows.append(("samples avg", samples)) }
    return rows.map { (name: $0.0, scores: $0.1) }
  }

  var mostConfused: [Confusion.Pair] { evaluation.confusion?.mostConfused() ?? [] }

  /// The scores by class, as a data frame of scikit-learn's report is written.
  var csv: CSVText {
    func line(_ name: String, _ scores: ClassScores) -> CSVText {
      CSVText(row: 
        [name] + [scores.precision, scores.recall, scores.f1].map(\.description)
          + [String(scores.support)])
    }
    var lines = [CSVText(row: ["class", "precision", "recall", "f1", "support"])]
    lines += zip(evaluation.classes, evaluation.scores).map(line)
    let accuracy = evaluation.accuracy
    lines.append(
      line(
        "accuracy",
        ClassScores(precision: accuracy, recall: accuracy, f1: accuracy, support: evaluation.rows)))
    lines += averages.map(line)
    return lines.joined()
  }
}

/// What the user should know about how a data set was read.
enum DatasetNotes {
  static func lines(_ facts: DatasetFacts) -> [String] {
    var lines: [String] = []
    if facts.singleByteFields > 0 {
      lines.append(
        "\(Messages.count(facts.singleByteFields, "field")) not in UTF-8: read as windows-1252;"
          + " --encoding says what is right")
    }
    if facts.countsFromOne { lines.append("labels are numbers from 1: 1 is the first class") }
    if !facts.abbreviations.isEmpty {
      let pairs = facts.abbreviations.map { "\($0.label) = \($0.className)" }
      lines.append("labels were taken to mean: \(Messages.shortList(pairs)); --map says otherwise")
    }
    return lines
  }
}
