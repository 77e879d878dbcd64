internal import Attribution
internal import Classifiers
internal import Molecules
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Draws the typed text, painted with the words' scores, and the details of the current token.
struct HeatmapView {
  @Shared var state: State
  let layout: ExploreLayout

  func draw(on picture: inout Picture) {
    let isFocused = state.explore.focus == .heatmap
    picture.frame.box(layout.heatmap, title: title, note: note, isFocused: isFocused)
    picture.mark(layout.heatmap, as: .explore(.pane(.heatmap)))
    let area = layout.heatmapText
    picture.mark(area, as: .explore(.heatmapText))
    if let obstacle {
      let lines = obstacle.text.wrapped(columns: area.size.columns)
        .limited(rows: area.size.rows, columns: area.size.columns, state.signs.ellipsis)
      for (line, text) in lines.enumerated() {
        picture.frame.write(
          text, at: Position(column: area.origin.column, row: area.origin.row + line),
          style: Style(obstacle.role), maxColumns: area.size.columns)
      }
    } else {
      drawText(in: area, &picture)
    }
    MoleculeView(state: state, layout: layout).draw(on: &picture)
    drawFoot(&picture)
  }

  // MARK: The border

  private var choice: ExplanationChoice? { state.explanations.shown?.job.choice ?? state.choice }

  private var title: String {
    guard let summary = state.summary, let choice,
      let card = summary.method(named: choice.method)?.card
    else { return "Heatmap" }
    if state.document.isBlank { return "Heatmap \(state.signs.dot) \(card.title)" }
    let name = summary.targetName(choice)
    let question = (state.isRegression ? "Why this value?" : "Why \(name)?") + state.heldTextNote
    let long = "\(question) \(state.signs.dot) \(card.title)"
    let space = layout.heatmap.size.columns - max(30, DisplaySafe.columns(of: note) + 9)
    return DisplaySafe.columns(of: long) <= space
      ? long : "\(question) \(state.signs.dot) \(card.shortTitle)"
  }

  private var note: String {
    guard let shown = state.explanations.shown else {
      return state.explanations.job == nil ? "" : "computing"
    }
    if state.isShownStale {
      return state.signs.hasSymbols ? state.signs.stale + " older text" : state.signs.stale
    }
    if state.isShownReplaced, state.explanations.job != nil { return "computing" }
    var parts: [String] = []
    if state.summary?.method(named: shown.job.choice.method)?.card.isSigned == true {
      parts.append("sum \(Numerals.signed(shown.map.total, 2))")
    }
    if let sum = shown.completeness {
      parts.append("gap \(Numerals.percent(sum.share, 1))")
    }
    if let tried { parts.insert(tried, at: 0) }
    if !shown.isFinal { parts.append(state.explanations.job == nil ? "cancelled" : "refining") }
    return parts.joined(separator: "  ")
  }

  /// The experiment and its effect: `1 off, 1 changed  0.71 → 0.38`.
  private var tried: String? {
    var words: [String] = []
    if !state.off.isEmpty { words.append("\(state.off.count) off") }
    let count = state.document.experiment.replacements
    if count > 0 {
      words.append(state.showsMolecule ? Numerals.count(count, "swap") : "\(count) changed")
    }
    guard !words.isEmpty else { return nil }
    let change = state.tried.map { "  " + state.change(from: $0.before, to: $0.now) }
    return words.joined(separator: ", ") + (change ?? "")
  }

  /// Why there is nothing to paint; nil if there is a map.
  private var obstacle: (text: String, role: Role)? {
    // The status row has no room for the whole reason.
    if case .failed(let reason) = state.model { return (reason, .error) }
    if state.document.isBlank { return (emptyState, .dim) }
    if let choice = state.choice, let reason = state.explanations.ended[choice],
      state.explanations.shown == nil
    {
      return (reason + alternative, reason == "cancelled" ? .warning : .error)
    }
    if let summary = state.summary, let entry = summary.method(named: state.settings.method),
      let reason = entry.reasonNotApplicable
    {
      return ("\(entry.card.title) \(reason)", .warning)
    }
    if state.isTooLong, state.explanations.shown == nil, state.explanations.job == nil {
      let count = Numerals.grouped(state.predictions.latest?.prediction.encoding.pieces.count ?? 0)
      let limit = Numerals.grouped(State.automaticTokenLimit)
      let keys = state.explore.focus == .editor ? "Esc, then r," : "r"
      return (
        "\(count) tokens: above \(limit) Whylight waits. Press \(keys) to explain anyway (slow; "
          + "Ctrl-C stops).", .notice
      )
    }
    return nil
  }

  /// What to do without a text.
  private var emptyState: String {
    let typing = state.explore.focus == .editor ? "" : "Press i, then type"
    if state.showsMolecule {
      let begin = typing.isEmpty ? "Type" : typing
      return "\(begin) a SMILES or the name of a drug: the molecule is drawn while you type. "
        + "Ctrl-P, then molecule, lists the known names."
    }
    let begin = typing.isEmpty ? "Type or paste a text" : typing + " or paste a text"
    return "\(begin): its words are coloured here as you type. "
      + "Ctrl-P, then example-text, puts in a text to try."
  }

  /// The explainer that works for this text, if the chosen one does not.
  private var alternative: String {
    guard let choice = state.choice, let other = state.explanations.instead[choice],
      let title = state.summary?.method(named: other)?.card.title
    else { return "" }
    let keys = state.explore.focus == .editor ? "Esc, then Enter," : "Enter"
    return ". Press \(keys) to use \(title) instead."
  }

  // MARK: The text

  private func drawText(in area: Rect, _ picture: inout Picture) {
    let text = HeatmapText(state, columns: area.size.columns)
    let height = text.rowHeight
    let visible = max(1, area.size.rows / height)
    let top = state.heatTop(text, rows: visible)
    let truncation = state.cutText
    let seams = state.seams
    for line in 0..<visible where top + line < text.layout.rowCount {
      let row = area.origin.row + line * height
      HeatmapRow(
        state: state, text: text, truncation: truncation, seams: seams, marks: state.markedPhrases,
        mistake: state.smilesProblem?.range
      ).draw(top + line, at: Position(column: area.origin.column, row: row), &picture)
    }
    drawLetters(text, top..<top + visible, in: area, &picture)
    let count = text.layout.rowCount
    picture.frame.scrollMark(top..<min(count, top + visible), of: count, in: layout.heatmap)
  }

  /// Draws the letters of a pair's texts in the margin of the rows where they begin.
  private func drawLetters(
    _ text: HeatmapText, _ rows: Range<Int>, in area: Rect, _ picture: inout Picture
  ) {
    guard state.document.isPair else { return }
    for part in state.document.fields.indices {
      let row = text.row(ofTyped: state.document.start(of: part))
      guard rows.contains(row) else { continue }
      let place = Position(
        column: area.origin.column - 2,
        row: area.origin.row + (row - rows.lowerBound) * text.rowHeight)
      guard place.column >= 0 else { continue }
      picture.frame.write(State.letter(ofPart: part), at: place, style: Style(.key, .bold))
    }
  }

  // MARK: The foot

  private func drawFoot(_ picture: inout Picture) {
    guard layout.heatmapFoot > 0 else { return }
    let area = layout.heatmapText
    let row = layout.heatmap.origin.row + layout.heatmap.size.rows - 1 - layout.heatmapFoot
    let place = Position(column: area.origin.column, row: row)
    switch layout.zoomed == nil ? layout.kind : .small {
    case .wide:
      InspectorLines(state.settledState).draw(at: place, columns: area.size.columns, on: &picture)
    case .stacked:
      LegendLine(state.settledState).draw(at: place, columns: area.size.columns, on: &picture)
    case .small:
      InspectorLines(state.settledState).drawOneLine(
        at: place, columns: area.size.columns, on: &picture)
      LegendLine(state.settledState).draw(
        at: Position(column: place.column, row: row + 1), columns: area.size.columns, on: &picture)
    case .tooSmall: break
    }
  }
}

extension State {
  /// Whether the scores of the painted map are signed.
  var isShownSigned: Bool {
    guard let shown = explanations.shown else { return true }
    return summary?.method(named: shown.job.choice.method)?.card.isSigned ?? true
  }

  func level(of unit: HeatUnit) -> Int {
    HeatLevel.level(of: unit.score, scale: scaleValue)
  }

  /// Whether the word replaces another one.
  func isSwapped(_ unit: HeatUnit) -> Bool {
    !isShownStale && unit.mark == nil && original(of: unit) != nil
  }

  func style(of unit: HeatUnit) -> Style {
    if unit.isOff { return Style(.dim, .reverse) }
    let level = level(of: unit)
    guard level != 0 else { return Style(unit.mark == nil ? .text : .mark) }
    return Style(heatRole(level: level, isSigned: isShownSigned))
  }

  /// A number short enough to fit under a word: `+.41`, `-1.2`.
  func shortScore(_ score: Float) -> String {
    let text =
      abs(score) < 0.995
      ? Numerals.fixed(abs(score), 2).dropFirst() : Numerals.fixed(abs(score), 1)[...]
    let sign = isShownSigned ? (score < 0 ? "-" : "+") : ""
    return text == ".00" ? "0" : sign + text
  }

  /// The first visible row: the current word stays visible unless the mouse wheel scrolled away.
  func heatTop(_ text: HeatmapText, rows: Int) -> Int {
    let last = max(0, text.layout.rowCount - rows)
    if let heatScroll = explore.heatScroll { return max(0, min(heatScroll, last)) }
    let row =
      explore.focus == .editor
      ? text.layout.row(of: min(document.cursor, text.layout.utf8Count))
      : currentUnit.flatMap { text.row(of: $0) } ?? 0
    return max(0, min(row - rows / 2, last))
  }
}
