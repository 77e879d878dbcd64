internal import Classifiers
internal import Datasets

/// A self-contained page: no script, nothing loaded, every character of the texts escaped.
extension ClassificationReport {
  package var html: MarkupText {
    let title = "\(model.name) on \(data)"
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
      \(thresholdHTML)\(badRowsHTML)\(scoresHTML)\(matrixHTML)\(confusedHTML)\(calibrationHTML)\(measuresHTML)\(against?.html ?? "")\(lossesHTML)
      """ + HTMLPage.closing
  }

  private var notesHTML: MarkupText { notes.map { "<p>\($0)</p>\n" as MarkupText }.joined() }

  private static func section(
    _ title: String, _ header: [String], _ rows: [MarkupText]
  ) -> MarkupText {
    guard !rows.isEmpty else { return "" }
    let head = header.map { "<th>\($0)</th>" as MarkupText }.joined()
    return
      "<h2>\(title)</h2>\n<table>\n<tr>\(head)</tr>\n\(rows.joined(separator: "\n"))\n</table>\n"
  }

  private static func row(
    _ name: String, _ cells: [String], isAverage: Bool = false
  ) -> MarkupText {
    let cells = cells.map { "<td>\($0)</td>" as MarkupText }.joined()
    let kind: MarkupText = isAverage ? " class=\"average\"" : ""
    return "<tr\(kind)><td class=\"name\">\(name)</td>\(cells)</tr>"
  }

  private var thresholdHTML: MarkupText {
    thresholdLine.map { "<p>\($0)</p>\n" } ?? ""
  }

  private var badRowsHTML: MarkupText {
    Self.section(
      "\(Messages.count(evaluation.badRowCount, "row")) could not be read", ["line", "why"],
      evaluation.badRows.map {
        Self.row(String($0.line), [sentence($0.problem)])
      })
  }

  private var scoresHTML: MarkupText {
    func cells(_ scores: ClassScores) -> [String] {
      [scores.precision, scores.recall, scores.f1].map(Self.number)
        + [Numerals.grouped(scores.support)]
    }
    return Self.section(
      "Classes", ["class", "precision", "recall", "f1", "support"],
      zip(evaluation.classes, evaluation.scores).map {
        Self.row($0, cells($1))
      } + averages.map { Self.row($0.name, cells($0.scores), isAverage: true) })
  }

  private var matrixHTML: MarkupText {
    guard let confusion = evaluation.confusion, evaluation.classes.count <= 50 else { return "" }
    return Self.section(
      "Confusion: rows gold, columns predicted", [""] + evaluation.classes,
      zip(evaluation.classes, confusion.rows).map {
        Self.row($0, $1.map(Numerals.grouped))
      })
  }

  private var confusedHTML: MarkupText {
    Self.section(
      "Most confused", ["gold", "predicted", "count"],
      mostConfused.prefix(50).map {
        Self.row(
          evaluation.classes[$0.gold],
          [evaluation.classes[$0.predicted], Numerals.grouped($0.count)])
      })
  }

  private var calibrationHTML: MarkupText {
    Self.section(
      "Calibration", ["probability", "rows", "mean", "right"],
      evaluation.calibration.bins.filter { $0.count > 0 }.map { bin in
        Self.row(
          "\(Numerals.fixed(Float(bin.lower), 2)) to \(Numerals.fixed(Float(bin.upper), 2))",
          [
            Numerals.grouped(bin.count), Self.number(bin.confidence ?? .nan),
            Self.number(bin.accuracy ?? .nan),
          ])
      }) + (temperatureLine.map { "<p>\($0)</p>\n" as MarkupText } ?? "")
  }

  private var measuresHTML: MarkupText {
    Self.section(
      "How far explanations can be trusted",
      ["method", "measure", "mean", "95 % interval", "rows"],
      measureRows.map { Self.row($0[0], Array($0.dropFirst())) })
  }

  private var lossesHTML: MarkupText {
    Self.section(
      "Largest losses",
      ["row", "gold", "predicted", "loss", "p(gold)", "p(predicted)", "text"],
      evaluation.topLosses.map { loss -> MarkupText in
        let names = [loss.example.gold, loss.judgement.predicted].map {
          Self.names($0, evaluation.classes)
        }
        let cells =
          (names
          + [
            Self.number(loss.judgement.loss), Self.probabilities(loss.goldProbabilities),
            Self.probabilities(loss.predictedProbabilities),
          ]).map { "<td>\($0)</td>" as MarkupText }.joined()
        return "<tr><td class=\"name\">\(loss.example.index)</td>\(cells)"
          + "<td class=\"text\">\(loss.example.texts.line)</td></tr>"
      })
  }
}
