internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Workbench

/// What `y` puts on the clipboard: what has the focus, as text that can be pasted anywhere.
extension State {
  /// nil where there is nothing yet.
  var textOfFocus: String? {
    switch explore.focus {
    case .editor: document.editor.text
    case .heatmap: heatAsText
    case .tokens: tokensAsText
    case .prediction: classesAsText
    case .explainers: explainersAsText
    case .trust: trustAsText
    case .findings: findingsAsText
    }
  }

  /// The text in rows of 80 columns with the sign row under each, and what the signs mean.
  private var heatAsText: String? {
    guard let shown = explanations.shown, !isShownStale, let summary,
      let card = summary.method(named: shown.job.choice.method)?.card
    else { return nil }
    var plain = self
    (plain.explore.signRow, plain.explore.showsValues) = (true, false)
    plain.dataset.openedRow = nil
    plain.findings.page = nil
    let columns = 80
    let text = HeatmapText(plain, columns: columns)
    let height = text.rowHeight
    var picture = Picture(
      frame: Frame(
        size: Size(columns: columns, rows: text.layout.rowCount * height),
        isPlain: terminal.abilities.isPlain))
    for row in 0..<text.layout.rowCount {
      HeatmapRow(state: plain, text: text, isClickable: false, showsSelection: false)
        .draw(row, at: Position(column: 0, row: row * height), &picture)
    }
    let unit = shown.unit(isSigned: card.isSigned && !isRegression)
    let scale = Numerals.score(scaleValue, isSigned: false) + unit
    let most = String(repeating: "+", count: 5)
    let head =
      "\(card.title) \(signs.arrow) \(summary.targetName(shown.job.choice)), \(most) = \(scale)"
    return ([head] + picture.frame.textRows).joined(separator: "\n") + "\n"
  }

  private var tokensAsText: String? {
    guard let shown = explanations.shown, !isShownStale else { return nil }
    let without = isRegression ? "without" : "p without"
    let rows = listedUnits.compactMap { index -> [String]? in
      guard let unit = shown.map.units.element(at: index) else { return nil }
      let value = targetClass.flatMap { removals.probabilities[unit.pieces]?.element(at: $0) }
      return ["\(index + 1)"] + (letter(of: unit).map { [$0] } ?? []) + [
        text(of: unit, in: shown), Numerals.plain(unit.score),
        value.map { Numerals.plain($0) } ?? "",
      ]
    }
    let header = ["#"] + (document.isPair ? ["text"] : []) + ["token", "score", without]
    return ExportedTable(title: "", header: header, rows: rows)
      .tabSeparated
  }

  private var classesAsText: String? {
    guard !document.isBlank, isPredictionFresh, let summary,
      let prediction = predictions.latest?.prediction
    else { return nil }
    return ExportedTable(
      title: "", header: ["class", isRegression ? "value" : "p"],
      rows: zip(summary.classes, prediction.probabilities).map { [$0, Numerals.plain($1)] }
    ).tabSeparated
  }

  private var explainersAsText: String? {
    guard let summary else { return nil }
    return ExportedTable(
      title: "", header: ["explainer", "state"],
      rows: summary.methods.map {
        [$0.card.title, $0.reasonNotApplicable ?? progress(of: $0)]
      }
    ).tabSeparated
  }

  private var trustAsText: String? {
    guard let shown = explanations.shown, !isShownStale else { return nil }
    let choice = shown.job.choice
    let rows = trust.readings(of: choice).map { reading in
      [
        reading.title, reading.value.map { Numerals.plain($0) } ?? reading.remark ?? "",
        trust.control(of: choice, reading.name).map { Numerals.plain($0) } ?? "",
      ]
    }
    guard !rows.isEmpty else { return nil }
    return ExportedTable(title: "", header: ["measure", "value", "random scores"], rows: rows)
      .tabSeparated
  }

  private var findingsAsText: String? {
    switch findings.page {
    case nil: return nil
    case .pair:
      return findings.pinned.map {
        ExportedTable(title: "", header: ["A", $0.texts.line], rows: [["B", document.texts.line]])
          .tabSeparated
      }
    case .trajectory:
      guard let found = findings.results.trajectory, let target = targetClass else { return nil }
      let rows = zip(found.words, found.points).map { range, point in
        [
          document.text.utf8Text(range),
          point?.element(at: target).map { Numerals.plain($0) } ?? "",
        ]
      }
      return ExportedTable(title: "", header: ["word", quantityName(of: target)], rows: rows)
        .tabSeparated
    case .interactions:
      return findings.results.interactions.map {
        InteractionsGrid($0, state: self).table.tabSeparated
      }
    case .flips, .phrase, .xray, .robustness, .history, .candidates:
      return findingLines.map { line in
        SpreadsheetCell.pasted(
          row: line.parts.map(\.text).filter { !$0.allSatisfy(\.isWhitespace) })
      }.joined(separator: "\n") + "\n"
    }
  }
}

extension Frame {
  /// What its rows show, without the blanks at their ends.
  fileprivate var textRows: [String] {
    (0..<size.rows).map { row in
      let text = (0..<size.columns).map { self[Position(column: $0, row: row)].cluster }.joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }
}
