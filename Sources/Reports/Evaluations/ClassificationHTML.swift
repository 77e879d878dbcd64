internal import Classifiers
internal import Datasets

/// A self-contained page: it runs no script and loads nothing, and all text is escaped.
extension ClassificationReport {
  package var html: MarkupText {
    let page = HTMLPage(
      title: title, width: "60em",
      style: HTMLPage.tables + """

        th:first-child, td.name { text-align: left }
        tr.average td { font-style: italic }
        """)
    return page.opening + """
      <h1>\(title)</h1>
      <p>\(Numerals.grouped(evaluation.rows)) rows, accuracy \(Self.number(evaluation.accuracy)),
      loss \(Self.number(evaluation.loss)),
      calibration error \(Self.number(evaluation.calibration.expectedError))</p>
      \(notesHTML)<p>Columns: \(DatasetNotes.columns(result.facts))</p>
      \(thresholdHTML)\(badRows.html)\(scoresHTML)\(matrixHTML)\(confusedHTML)\(calibrationHTML)\(measuresHTML)\(against?.html ?? "")\(lossesHTML)
      """ + HTMLPage.closing
  }

  private var notesHTML: MarkupText { notes.map { "<p>\($0)</p>\n" as MarkupText }.joined() }

  private var thresholdHTML: MarkupText {
    thresholdLine.map { "<p>\($0)</p>\n" } ?? ""
  }

  private var scoresHTML: MarkupText {
    HTMLTable.section(
      "Classes", header: ["class", "precision", "recall", "f1", "support"],
      rows: scoreRows.map { HTMLTable.row($0.name, $0.cells, isAverage: $0.isAverage) })
  }

  private var matrixHTML: MarkupText {
    guard let confusion = evaluation.confusion, evaluation.classes.count <= 50 else { return "" }
    return HTMLTable.section(
      "Confusion: rows gold, columns predicted", header: [""] + evaluation.classes,
      rows: zip(evaluation.classes, confusion.rows).map {
        HTMLTable.row($0, $1.map(Numerals.grouped))
      })
  }

  private var confusedHTML: MarkupText {
    HTMLTable.section(
      "Most confused", header: ["gold", "predicted", "count"],
      rows: mostConfused.prefix(50).map {
        HTMLTable.row(
          evaluation.classes[$0.gold],
          [evaluation.classes[$0.predicted], Numerals.grouped($0.count)])
      })
  }

  private var calibrationHTML: MarkupText {
    HTMLTable.section(
      "Calibration", header: Self.calibrationHeader,
      rows: calibrationRows.map { HTMLTable.row($0[0], Array($0.dropFirst())) })
      + (temperatureLine.map { "<p>\($0)</p>\n" as MarkupText } ?? "")
  }

  private var measuresHTML: MarkupText {
    HTMLTable.section(
      "How far explanations can be trusted", header: Self.measureHeader,
      rows: measureRows.map { HTMLTable.row($0[0], Array($0.dropFirst())) })
  }

  private var lossesHTML: MarkupText {
    HTMLTable.section(
      "Largest losses",
      header: ["row", "gold", "predicted", "loss", "p(gold)", "p(predicted)", "text"],
      rows: evaluation.topLosses.map { loss in
        HTMLTable.row(
          String(loss.example.index),
          [
            Self.names(loss.example.gold, evaluation.classes),
            Self.names(loss.judgement.predicted, evaluation.classes),
            Self.number(loss.judgement.loss), Self.probabilities(loss.goldProbabilities),
            Self.probabilities(loss.predictedProbabilities),
          ], text: loss.example.texts.line)
      })
  }
}
