package import Classifiers
package import Datasets
package import Documents

/// The evaluation of a model that answers with numbers.
package struct RegressionReport: EvaluationReport {
  package let result: RegressionResult
  package let model: Model
  /// The data set as the user named it.
  package let data: String
  private let sentence: (TextLineProblem) -> String

  /// - Parameter sentence: how a row that can't be read is told.
  package init(
    _ result: RegressionResult, model: Model, data: String,
    sentence: @escaping (TextLineProblem) -> String
  ) {
    self.result = result
    self.model = model
    self.data = data
    self.sentence = sentence
  }

  package var evaluation: RegressionEvaluation { result.evaluation }
  package var facts: DatasetFacts { result.facts }
  package var isWhole: Bool { evaluation.badRowCount == 0 && evaluation.rows > 0 }

  private static let header = ["output", "mae", "rmse", "r2", "pearson", "spearman"]

  private func figures(_ scores: RegressionScores) -> [Double] {
    [
      scores.meanAbsoluteError, scores.rootMeanSquaredError, scores.r2, scores.pearson,
      scores.spearman,
    ]
  }

  private static func number(_ value: Double) -> String { EvaluationNotes.number(value) }
  private static func list(_ values: [String]) -> String { values.joined(separator: "|") }

  // MARK: Text

  package var text: PlainText {
    let head: [PlainText] =
      [
        "\(model.name) on \(data):"
          + " \(Numerals.grouped(evaluation.rows)) rows in"
          + " \(Numerals.duration(seconds: result.seconds))",
        "columns: \(DatasetNotes.columns(result.facts))",
        "loss (mean squared error) \(Self.number(evaluation.loss))",
      ] + notes.map { "\($0)" }
    let scores = TextTable.lines(
      header: Self.header,
      rows: evaluation.outputs.map { [$0.name] + figures($0).map(Self.number) })
    let worst = TextTable.lines(
      header: ["row", "error", "gold", "said", "text"],
      rows: evaluation.worst.map { error in
        [
          String(error.example.index), Self.number(error.absoluteError),
          Self.list(error.gold.map(Self.number)),
          Self.list(error.predicted.map { Self.number(Double($0)) }),
          String(error.example.texts.line.prefix(100)),
        ]
      }, leftAligned: [4])
    let parts = [
      head, badRowLines, scores, evaluation.worst.isEmpty ? [] : ["largest errors"] + worst,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private var badRowLines: [PlainText] {
    guard evaluation.badRowCount > 0 else { return [] }
    return ["\(Messages.count(evaluation.badRowCount, "row")) could not be read:"]
      + evaluation.badRows.prefix(10).map {
        "  line \($0.line): \(sentence($0.problem))"
      }
  }

  // MARK: Tables

  package func csv(_ form: CSVForm) -> CSVText {
    CSVText(row: Self.header)
      + evaluation.outputs.map {
        CSVText(row: [$0.name] + figures($0).map(EvaluationNotes.cell), form)
      }.joined()
  }

  package var html: MarkupText {
    let title = "\(model.name) on \(data)"
    let facts: [JSON.Member] =
      [.init("rows", .integer(evaluation.rows)), .init("loss", number(evaluation.loss))]
      + notes.map { .init("note", .string($0)) }
    let scores = HTMLTable(TableHead(title: title, header: Self.header, facts: facts))
    let rows = evaluation.outputs.map {
      HTMLTable.text(of: [.string($0.name)] + figures($0).map(number))
    }
    let worst = evaluation.worst.map { error in
      HTMLTable.text(
        of: [
          .integer(error.example.index), number(error.absoluteError),
          .string(Self.list(error.gold.map(Self.number))),
          .string(Self.list(error.predicted.map { Self.number(Double($0)) })),
          .string(error.example.texts.line),
        ])
    }
    let head = ["row", "error", "gold", "said", "text"].map { "<th>\($0)</th>" as MarkupText }
      .joined()
    return scores.page + rows.joined()
      + "</table>\n<h1>Largest errors</h1>\n<table>\n<tr>\(head)</tr>\n" + worst.joined()
      + HTMLTable.end
  }

  // MARK: JSON

  package var json: JSON {
    .object([
      .init("schema", .integer(1)),
      .init(
        "model",
        .object([
          .init("name", .string(model.name)), .init("architecture", .string(model.architecture)),
          .init("classes", .array(model.classifier.classes.map(JSON.string))),
        ])),
      .init(
        "data",
        .object([
          .init("file", .string(data)),
          .init("text_column", result.facts.columns.text.map(JSON.string) ?? .null),
          .init("pair_column", result.facts.columns.pair.map(JSON.string) ?? .null),
          .init("label_columns", .array(result.facts.labelColumns.map(JSON.string))),
        ])),
      .init("task", .string("regression")),
      .init("rows", .integer(evaluation.rows)),
      .init("unlabelled_rows", .integer(evaluation.unlabelledRows)),
      .init("truncated_rows", .integer(evaluation.truncatedRows)),
      .init("bad_row_count", .integer(evaluation.badRowCount)),
      .init("bad_rows", BadRowsJSON.list(evaluation.badRows, sentence)),
      .init("loss", number(evaluation.loss)),
      .init("outputs", .array(evaluation.outputs.map(output))),
      .init("worst_errors", .array(evaluation.worst.map(error))),
      .init("seconds", .number(result.seconds)),
    ])
  }

  private func output(_ scores: RegressionScores) -> JSON {
    .object(
      [.init("output", .string(scores.name))]
        + zip(Self.header.dropFirst(), figures(scores)).map { .init($0, number($1)) })
  }

  private func error(_ error: RegressionError) -> JSON {
    .object([
      .init("index", .integer(error.example.index)),
      .init("line", .integer(error.example.line)),
      .init("id", error.example.id.map(JSON.string) ?? .null),
      .init("text", .string(error.example.text)),
      .init("pair", error.example.pair.map(JSON.string) ?? .null),
      .init("gold", .array(error.gold.map(JSON.number))),
      .init("predicted", .array(error.predicted.map(JSON.float))),
      .init("absolute_error", number(error.absoluteError)),
      .init("truncated", ResultJSON.truncated(error.truncation)),
    ])
  }

  /// JSON knows no NaN.
  private func number(_ value: Double) -> JSON { value.isFinite ? .number(value) : .null }
}
