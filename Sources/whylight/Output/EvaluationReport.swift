internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports

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

  /// Where a class counts as given; nil for a model of one class a text.
  var thresholdLine: String? {
    guard evaluation.isMultiLabel, evaluation.classes.count > 1 else { return nil }
    let rule = model.classifier.rule
    return "several labels a text: a class is given where \(rule.condition)"
  }

  /// The averages under the classes, called as scikit-learn's report calls them.
  var averages: [(name: String, scores: ClassScores)] {
    var rows = evaluation.isMultiLabel ? [("micro avg", evaluation.micro)] : []
    rows += [("macro avg", evaluation.macro), ("weighted avg", evaluation.weighted)]
    if let samples = evaluation.samples { rows.append(("samples avg", samples)) }
    return rows.map { (name: $0.0, scores: $0.1) }
  }

  var mostConfused: [Confusion.Pair] { evaluation.confusion?.mostConfused() ?? [] }

  /// The scores by class, as a data frame of scikit-learn's report is written.
  func csv(_ form: CSVForm) -> CSVText {
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

/// What the user should know about how a data set was read.
enum DatasetNotes {
  static func lines(_ facts: DatasetFacts) -> [String] {
    var lines: [String] = []
    if facts.singleByteFields > 0 {
      lines.append(singleBytes(facts.singleByteFields))
    }
    if facts.labels.isUncertain {
      lines.append("labels were taken to mean: \(meanings(facts)); --map says otherwise")
    }
    if !facts.unreadTexts.isEmpty { lines.append(unread(facts.unreadTexts)) }
    return lines + repeated(names: facts.repeatedNames, keys: facts.repeatedKeys)
  }

  /// Which one counts of columns, or keys of an object, that are called alike.
  static func repeated(names: [String], keys: [String]) -> [String] {
    names.prefix(3).map {
      "several columns are called '\($0)': the first keeps the name, the next is '\($0).2'"
    }
      + keys.prefix(3).map { "an object has '\($0)' more than once: the last one counts" }
  }

  static func singleBytes(_ fields: Int) -> String {
    "\(Messages.count(fields, "field")) not in UTF-8: read as windows-1252; --encoding says what is"
      + " right"
  }

  /// `text "review", label "stars" (1 = negative, 2 = positive)`, as the file was understood.
  static func columns(_ facts: DatasetFacts) -> String {
    var parts: [String] = []
    if let text = facts.columns.text { parts.append("text \"\(text)\"") }
    if !facts.labelColumns.isEmpty {
      let names = Messages.shortList(facts.labelColumns.map { "\"\($0)\"" })
      let meanings = meanings(facts)
      parts.append(
        (facts.labelColumns.count == 1 ? "label " : "labels ") + names
          + (facts.labels.meanings.isEmpty ? "" : " (\(meanings))"))
    }
    if let id = facts.columns.id { parts.append("id \"\(id)\"") }
    return parts.joined(separator: ", ")
  }

  /// `1 = negative, 2 = positive`
  static func meanings(_ facts: DatasetFacts) -> String {
    Messages.shortList(facts.labels.meanings.map { "\($0.label) = \($0.className)" })
  }

  /// For columns of texts beside the one that the model reads.
  static func unread(_ columns: [String]) -> String {
    let names = Messages.shortList(columns.map { "'\($0)'" })
    return columns.count == 1
      ? "column \(names) also holds text and was not read: the model gets one column"
      : "columns \(names) also hold text and were not read: the model gets one column"
  }
}
