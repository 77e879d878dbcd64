internal import Classifiers
package import Datasets
package import Documents

/// The comparison of two models, in the formats of `evaluate`.
package struct AgainstReport {
  package let result: AgainstResult
  /// The name of the first model.
  package let name: String
  package let accuracy: Double
  package let classes: [String]

  private var agreement: ModelAgreement { result.agreement }
  private var first: String { name }
  private var second: String { result.name }

  /// How many rows each model, both or neither predicts correctly, with names for these counts.
  private var counts: [(name: String, count: Int)] {
    [
      ("both right", agreement.bothRight), ("only \(first) right", agreement.onlyFirstRight),
      ("only \(second) right", agreement.onlySecondRight),
      ("both wrong, the same", agreement.bothWrongAlike),
      ("both wrong, apart", agreement.bothWrongApart),
    ]
  }

  /// Without labels, no prediction is correct.
  private var mcNemar: Double { agreement.labelledRows == 0 ? .nan : agreement.mcNemar }

  private var facts: String {
    [
      "accuracy \(ClassificationReport.number(result.accuracy))"
        + " (\(first): \(ClassificationReport.number(accuracy)))",
      "agreement \(ClassificationReport.number(agreement.agreement))",
      agreement.kappa.map { "kappa \(ClassificationReport.number($0))" },
      "McNemar p "
        + (mcNemar.isNaN ? EvaluationNotes.none : Numerals.score(Float(mcNemar), isSigned: false)),
    ].compactMap(\.self).joined(separator: "   ")
  }

  // MARK: Text

  package var lines: [PlainText] {
    var lines: [PlainText] = ["against \(second)", "\(facts)"]
    lines += counts.map { "  \(Numerals.grouped($0.count))  \($0.name)" }
    if agreement.answers.total > 0, classes.count <= 12 {
      let names = classes
      lines.append("")
      lines += TextTable.lines(
        header: ["\(first) \\ \(second)"] + names,
        rows: zip(names, agreement.answers.rows).map { [$0] + $1.map(Numerals.grouped) })
    }
    guard !result.differences.isEmpty else { return lines }
    return lines + ["", "where both are sure and differ"] + differenceLines
  }

  private var differenceLines: [PlainText] {
    TextTable.lines(
      header: ["row", first, "p", second, "p", "gold", "text"],
      rows: result.differences.map { difference in
        func names(_ gold: Gold) -> String { ClassificationReport.names(gold, classes) }
        return [
          String(difference.example.index), names(difference.first.predicted),
          Numerals.fixed(difference.first.answerProbability, 3),
          names(difference.second.predicted),
          Numerals.fixed(difference.second.answerProbability, 3), names(difference.example.gold),
          EvaluationNotes.excerpt(difference.example.texts.line),
        ]
      }, leftAligned: [1, 3, 5, 6])
  }

  // MARK: JSON

  package var json: JSON {
    .object([
      .init(
        "model",
        .object([
          .init("name", .string(result.name)),
          .init("architecture", .string(result.architecture)),
        ])),
      .init("rows", .integer(agreement.rows)),
      .init("labelled_rows", .integer(agreement.labelledRows)),
      .init("truncated_rows", .integer(result.truncatedRows)),
      .init("accuracy", .number(result.accuracy)),
      .init("agreement", .number(agreement.agreement)),
      .init("kappa", agreement.kappa.map(JSON.number) ?? .null),
      .init("both_right", .integer(agreement.bothRight)),
      .init("only_first_right", .integer(agreement.onlyFirstRight)),
      .init("only_second_right", .integer(agreement.onlySecondRight)),
      .init("both_wrong_alike", .integer(agreement.bothWrongAlike)),
      .init("both_wrong_apart", .integer(agreement.bothWrongApart)),
      .init(
        "mcnemar",
        .object([
          .init("statistic", agreement.mcNemarStatistic.map(JSON.number) ?? .null),
          .init("p", .number(mcNemar)),
        ])),
      .init(
        "answers",
        agreement.answers.total == 0
          ? .null : .array(agreement.answers.rows.map { .array($0.map(JSON.integer)) })),
      .init("differences", .array(result.differences.map(difference))),
    ])
  }

  private func difference(_ difference: AgainstResult.Difference) -> JSON {
    .object(
      LossJSON.members(difference.example) + [
        .init("gold", ClassNames.json(difference.example.gold, classes)),
        .init("first", ClassNames.json(difference.first.predicted, classes)),
        .init("second", ClassNames.json(difference.second.predicted, classes)),
        .init("first_probability", .float(difference.first.answerProbability)),
        .init("second_probability", .float(difference.second.answerProbability)),
        .init("first_truncated", ResultJSON.truncated(difference.first.truncation)),
        .init("second_truncated", ResultJSON.truncated(difference.second.truncation)),
      ])
  }

  // MARK: HTML

  package var html: MarkupText {
    let counts = HTMLTable.section(
      "Against \(second)", lead: "<p>\(facts)</p>\n",
      rows: counts.map { HTMLTable.row($0.name, [Numerals.grouped($0.count)]) })
    return counts
      + HTMLTable.section(
        "Where both are sure and differ", header: ["row", first, second, "gold", "text"],
        rows: result.differences.map { difference in
          HTMLTable.row(
            String(difference.example.index),
            [difference.first.predicted, difference.second.predicted, difference.example.gold].map {
              ClassificationReport.names($0, classes)
            }, text: difference.example.texts.line)
        })
  }
}

extension ClassificationReport {
  /// nil if there is no second model.
  package var against: AgainstReport? {
    result.against.map {
      AgainstReport(
        result: $0, name: model.name, accuracy: evaluation.accuracy, classes: evaluation.classes)
    }
  }
}
