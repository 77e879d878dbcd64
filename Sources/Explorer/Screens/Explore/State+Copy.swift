internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Workbench

/// What `y` copies to the clipboard: the focused pane.
extension State {
  /// The forms of the focused pane, the most likely one first.
  var copyFormsOfFocus: [CopyForm] {
    switch explore.focus {
    case .editor, .heatmap: [.text, .colours, .table]
    case .tokens, .prediction, .explainers, .trust, .findings: [.table, .text, .colours]
    }
  }

  /// The content of the focused pane; nil if there is none yet.
  func copyOfFocus(as form: CopyForm) -> Copied? {
    let isText = [.editor, .heatmap].contains(explore.focus)
    switch form {
    case .text where explore.focus == .editor: return .text(document.editor.text)
    case .text where isText: return heatAsText.map { .text($0) }
    case .colours where isText && !showsMolecule:
      return heatFrame(hasSigns: terminal.isThemeMonochrome).map { .painted($0) }
    default:
      guard let table = tableOfFocus else { return nil }
      return form.copy(
        of: table, painted: paneFrame(explore.focus == .editor ? .heatmap : explore.focus))
    }
  }

  private var tableOfFocus: ExportedTable? {
    switch explore.focus {
    case .editor, .heatmap, .tokens: tokensTable
    case .prediction: classesTable
    case .explainers: explainersTable
    case .trust: trustTable
    case .findings: findingsTable
    }
  }

  /// A pane as it is on the screen.
  private func paneFrame(_ pane: Pane) -> Frame? {
    var bare = self
    (bare.overlay, bare.message) = (nil, nil)
    let picture = bare.picture
    return picture.rect(of: .explore(.pane(pane))).map { picture.frame.part($0) }
  }

  /// The text in rows of 80 columns with the sign row under each, and a line that explains the
  /// signs.
  private var heatAsText: String? {
    guard let shown = explanations.shown, let summary,
      let card = summary.method(named: shown.job.choice.method)?.card,
      let frame = heatFrame(hasSigns: true)
    else { return nil }
    let unit = shown.unit(isSigned: card.isSigned && !isRegression)
    let scale = Numerals.score(scaleValue, isSigned: false) + unit
    let most = String(repeating: "+", count: 5)
    let head =
      "\(card.title) \(signs.arrow) \(summary.targetName(shown.job.choice)), \(most) = \(scale)"
    let foot = windows.map { [$0.legend(seam: signs.seam)] } ?? []
    return ([head] + frame.textRows + foot).joined(separator: "\n") + "\n"
  }

  /// The whole painted text in rows of 80 columns; nil if it has no map.
  private func heatFrame(hasSigns: Bool) -> Frame? {
    guard explanations.shown != nil, !isShownStale else { return nil }
    var plain = self
    (plain.terminal.signRow, plain.explore.showsValues) = (hasSigns, false)
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
      HeatmapRow(
        state: plain, text: text, seams: seams, isClickable: false, showsSelection: false
      )
      .draw(row, at: Position(column: 0, row: row * height), &picture)
    }
    return picture.frame
  }

  private var tokensTable: ExportedTable? {
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
  }

  private var classesTable: ExportedTable? {
    guard !document.isBlank, isPredictionFresh, let summary,
      let prediction = predictions.latest?.prediction
    else { return nil }
    return ExportedTable(
      title: "", header: ["class", isRegression ? "value" : "p"],
      rows: zip(summary.classes, prediction.probabilities).map { [$0, Numerals.plain($1)] }
    )
  }

  private var explainersTable: ExportedTable? {
    guard let summary else { return nil }
    return ExportedTable(
      title: "", header: ["explainer", "state"],
      rows: summary.methods.map {
        [$0.card.title, $0.reasonNotApplicable ?? progress(of: $0)]
      }
    )
  }

  private var trustTable: ExportedTable? {
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
  }

  private var findingsTable: ExportedTable? {
    switch findings.page {
    case nil: return nil
    case .pair:
      return findings.pinned.map {
        ExportedTable(title: "", header: ["A", $0.texts.line], rows: [["B", document.texts.line]])
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
    case .interactions:
      return findings.results.interactions.map {
        InteractionsGrid($0, state: self).table
      }
    case .curve: return curvesTable
    case .flips, .phrase, .xray, .robustness, .history, .candidates:
      return ExportedTable(
        title: "", header: [],
        rows: findingLines.map { line in
          line.parts.map(\.text).filter { !$0.allSatisfy(\.isWhitespace) }
        })
    }
  }
}

extension Frame {
  /// The text of the rows, without trailing spaces.
  fileprivate var textRows: [String] {
    (0..<size.rows).map { row in
      let text = (0..<size.columns).map { self[Position(column: $0, row: row)].cluster }.joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }
}
