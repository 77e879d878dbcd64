package import Classifiers
package import Datasets
internal import Documents

/// The evaluation of a model that predicts classes.
package struct ClassificationReport: EvaluationReport {
  package let result: EvaluationResult
  package let model: Model
  /// The data set as specified by the user.
  package let data: String
  package let sentence: (TextLineProblem) -> String

  /// - Parameter sentence: describes why a row cannot be read.
  package init(
    _ result: EvaluationResult, model: Model, data: String,
    sentence: @escaping (TextLineProblem) -> String
  ) {
    self.result = result
    self.model = model
    self.data = data
    self.sentence = sentence
  }

  package var evaluation: Evaluation { result.evaluation }
  package var facts: DatasetFacts { result.facts }
  package var counts: any CountedRows { evaluation }

  /// From which probability a class is predicted; nil for a model that predicts one class per text.
  package var thresholdLine: String? {
    guard evaluation.isMultiLabel, evaluation.classes.count > 1 else { return nil }
    let rule = model.rule
    return "several labels per text: a class is given where \(rule.condition)"
  }

  /// The averages below the classes, named as in scikit-learn's report.
  package var averages: [(name: String, scores: ClassScores)] {
    var rows = evaluation.isMultiLabel ? [("micro avg", evaluation.micro)] : []
    rows += [("macro avg", evaluation.macro), ("weighted avg", evaluation.weighted)]
    if let samples = evaluation.samples { rows.append(("samples avg", samples)) }
    return rows.map { (name: $0.0, scores: $0.1) }
  }

  package var mostConfused: [Confusion.Pair] { evaluation.confusion?.mostConfused() ?? [] }

  /// The scores of each class, as a data frame of scikit-learn's report is written.
  package func csv(_ form: CSVForm) -> CSVText {
    func line(_ name: String, _ scores: ClassScores) -> CSVText {
      CSVText(
        row: [name] + [scores.precision, scores.recall, scores.f1].map(EvaluationNotes.cell)
          + [String(scores.support)], form)
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
