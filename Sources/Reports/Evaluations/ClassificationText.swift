internal import Classifiers
package import Datasets
internal import TerminalUI

/// The evaluation for people, in the width of a terminal.
extension ClassificationReport {
  /// A confusion matrix with more classes is not shown.
  private static let largestMatrix = 12
  private static let listLength = 10

  package var text: PlainText {
    let parts: [[PlainText]] = [
      headline, badRows.text, against?.lines ?? [], scoreLines, matrixLines, confusedLines,
      calibrationLines, measureLines,
      lossLines,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private var headline: [PlainText] {
    let rows = Numerals.grouped(evaluation.rows)
    var facts = [
      "accuracy \(Self.number(evaluation.accuracy))", "loss \(Self.number(evaluation.loss))",
      "calibration error \(Self.number(evaluation.calibration.expectedError))",
    ]
    if evaluation.unlabelledRows > 0 {
      facts.append("\(Numerals.grouped(evaluation.unlabelledRows)) rows without a label")
    }
    return [
      "\(title): \(rows) rows\(result.condition.map { " where \($0)" } ?? "")"
        + " in \(Numerals.duration(seconds: result.seconds))",
      "columns: \(DatasetNotes.columns(result.facts))",
      "\(facts.joined(separator: "   "))",
    ] + notes.map { "\($0)" } + (thresholdLine.map { ["\($0)"] } ?? [])
  }

  private var scoreLines: [PlainText] {
    TextTable.lines(
      header: ["", "precision", "recall", "f1", "support"],
      rows: scoreRows.map { [$0.name] + $0.cells })
  }

  /// Precision, recall, F1 and support of each class, and below them those of the averages.
  package var scoreRows: [(name: String, cells: [String], isAverage: Bool)] {
    func cells(_ scores: ClassScores) -> [String] {
      [scores.precision, scores.recall, scores.f1].map(Self.number)
        + [Numerals.grouped(scores.support)]
    }
    return zip(evaluation.classes, evaluation.scores).map { ($0, cells($1), false) }
      + averages.map { ($0.name, cells($0.scores), true) }
  }

  private var matrixLines: [PlainText] {
    guard let confusion = evaluation.confusion, evaluation.classes.count <= Self.largestMatrix
    else { return [] }
    let names = evaluation.classes
    return TextTable.lines(
      header: ["gold \\ predicted"] + names,
      rows: zip(names, confusion.rows).map { name, counts in
        [name] + counts.map(Numerals.grouped)
      })
  }

  private var confusedLines: [PlainText] {
    let pairs = mostConfused.prefix(Self.listLength)
    guard !pairs.isEmpty else { return [] }
    return ["most confused"]
      + pairs.map { pair -> PlainText in
        let gold = evaluation.classes[pair.gold]
        let predicted = evaluation.classes[pair.predicted]
        return "  \(Numerals.grouped(pair.count))  \(gold) predicted as \(predicted)"
      }
  }

  private var calibrationLines: [PlainText] {
    guard !calibrationRows.isEmpty else { return [] }
    return TextTable.lines(header: Self.calibrationHeader, rows: calibrationRows)
      + (temperatureLine.map { [PlainText($0)] } ?? [])
  }

  package static let calibrationHeader = ["probability", "rows", "mean", "right"]

  package var calibrationRows: [[String]] {
    evaluation.calibration.bins.filter { $0.count > 0 }.map { bin in
      [
        "\(Numerals.fixed(Float(bin.lower), 2)) to \(Numerals.fixed(Float(bin.upper), 2))",
        Numerals.grouped(bin.count), Self.number(bin.confidence ?? .nan),
        Self.number(bin.accuracy ?? .nan),
      ]
    }
  }

  /// By how much a temperature fitted on the same rows would improve the calibration; nil if there
  /// is none.
  package var temperatureLine: String? {
    evaluation.temperature.map { temperature in
      "at temperature \(Numerals.fixed(Float(temperature.value), 2)), found on these rows: loss "
        + "\(Self.number(temperature.loss)), calibration error "
        + Self.number(temperature.calibration.expectedError)
    }
  }

  private var measureLines: [PlainText] {
    guard !result.measures.isEmpty else { return [] }
    return TextTable.lines(
      header: Self.measureHeader, rows: measureRows, leftAligned: [0, 1])
  }

  package static let measureHeader = ["method", "measure", "mean", "95 % interval", "rows"]

  package var measureRows: [[String]] {
    result.measures.map { average in
      let interval = average.estimate.interval.map {
        "\(Self.number($0.lowerBound)) to \(Self.number($0.upperBound))"
      }
      return [
        average.method, average.measure,
        average.estimate.count == 0 ? EvaluationNotes.none : Self.number(average.estimate.mean),
        interval ?? EvaluationNotes.none,
        String(average.estimate.count),
      ]
    }
  }

  private var lossLines: [PlainText] {
    let losses = evaluation.topLosses
    guard !losses.isEmpty else { return [] }
    return ["largest losses"]
      + TextTable.lines(
        header: ["row", "loss", "p gold", "p pred", "gold", "pred", "text"],
        rows: losses.map { loss in
          [
            String(loss.example.index), Self.number(loss.judgement.loss),
            Self.probabilities(loss.goldProbabilities),
            Self.probabilities(loss.predictedProbabilities),
            Self.names(loss.example.gold, evaluation.classes),
            Self.names(loss.judgement.predicted, evaluation.classes),
            EvaluationNotes.excerpt(loss.example.texts.line),
          ]
        }, leftAligned: [4, 5, 6])
  }

  package static func number(_ value: Double) -> String { EvaluationNotes.number(value) }

  package static func probabilities(_ values: [Float]) -> String {
    values.isEmpty
      ? EvaluationNotes.none : values.map { Numerals.fixed($0, 3) }.joined(separator: "|")
  }

  package static func names(_ gold: Gold, _ classes: [String]) -> String {
    let names = ClassNames.text(gold, classes)
    return names.isEmpty ? EvaluationNotes.none : names
  }
}

/// Columns of text, the first aligned to the left and the others to the right.
package enum TextTable {
  package static func lines(
    header: [String], rows: [[String]], leftAligned: Set<Int> = [0]
  ) -> [PlainText] {
    let all = [header] + rows
    let widths = header.indices.map { column in
      all.map { DisplaySafe.columns(of: $0[column]) }.max() ?? 0
    }
    return all.map { row in
      zip(row, widths).enumerated().map { index, cell -> PlainText in
        let space = PlainText.spaces(cell.1 - DisplaySafe.columns(of: cell.0))
        return leftAligned.contains(index) ? "\(cell.0)\(space)" : "\(space)\(cell.0)"
      }.joined(separator: "  ").withoutTrailingSpaces
    }
  }
}
