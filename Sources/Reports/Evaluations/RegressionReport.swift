package import Classifiers
package import Datasets
package import Documents

/// The evaluation of a model that predicts numbers.
package struct RegressionReport: EvaluationReport {
  package let result: RegressionResult
  package let model: Model
  /// The data set as specified by the user.
  package let data: String
  package let sentence: (TextLineProblem) -> String

  /// - Parameter sentence: describes why a row cannot be read.
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
  package var counts: any CountedRows { evaluation }

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
        "\(title):"
          + " \(Numerals.grouped(evaluation.rows)) rows in"
          + " \(Numerals.duration(seconds: result.seconds))",
        "columns: \(DatasetNotes.columns(result.facts))",
        "loss (mean squared error) \(Self.number(evaluation.loss))",
      ] + notes.map { "\($0)" }
    let scores = TextTable.lines(
      header: Self.header,
      rows: evaluation.outputs.map { [$0.name] + figures($0).map(Self.number) })
    let worst = TextTable.lines(
      header: Self.worstHeader,
      rows: evaluation.worst.map { error in
        [String(error.example.index)] + cells(error) + [
          EvaluationNotes.excerpt(error.example.texts.line)
        ]
      }, leftAligned: [4])
    let parts = [
      head, badRows.text, scores, evaluation.worst.isEmpty ? [] : ["largest errors"] + worst,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static let worstHeader = ["row", "error", "gold", "said", "text"]

  private func cells(_ error: RegressionError) -> [String] {
    [
      Self.number(error.absoluteError), Self.list(error.gold.map(Self.number)),
      Self.list(error.predicted.map { Self.number(Double($0)) }),
    ]
  }

  // MARK: Tables

  package func csv(_ form: CSVForm) -> CSVText {
    CSVText(row: Self.header)
      + evaluation.outputs.map {
        CSVText(row: [$0.name] + figures($0).map(EvaluationNotes.cell), form)
      }.joined()
  }

  package var html: MarkupText {
    let facts: [JSON.Member] =
      [.init("rows", .integer(evaluation.rows)), .init("loss", .number(evaluation.loss))]
      + notes.map { .init("note", .string($0)) }
    let scores = HTMLTable(TableHead(title: title, header: Self.header, facts: facts))
    let rows = evaluation.outputs.map {
      HTMLTable.text(of: [.string($0.name)] + figures($0).map(JSON.number))
    }
    let worst = HTMLTable.section(
      "Largest errors", header: Self.worstHeader,
      rows: evaluation.worst.map {
        HTMLTable.row(String($0.example.index), cells($0), text: $0.example.texts.line)
      })
    return scores.page + rows.joined() + "</table>\n" + badRows.html + worst + HTMLPage.closing
  }

  // MARK: JSON

  package var json: JSON {
    .object(
      headJSON + [.init("task", .string("regression"))] + countsJSON + [
        .init("loss", .number(evaluation.loss)),
        .init("outputs", .array(evaluation.outputs.map(output))),
        .init("worst_errors", .array(evaluation.worst.map(error))),
        .init("seconds", .number(result.seconds)),
      ])
  }

  private func output(_ scores: RegressionScores) -> JSON {
    .object(
      [.init("output", .string(scores.name))]
        + zip(Self.header.dropFirst(), figures(scores)).map { .init($0, .number($1)) })
  }

  private func error(_ error: RegressionError) -> JSON {
    .object(
      LossJSON.members(error.example) + [
        .init("gold", .array(error.gold.map(JSON.number))),
        .init("predicted", .array(error.predicted.map(JSON.float))),
        .init("absolute_error", .number(error.absoluteError)),
        .init("truncated", ResultJSON.truncated(error.truncation)),
      ])
  }
}
