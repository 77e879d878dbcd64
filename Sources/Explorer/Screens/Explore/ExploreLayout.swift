internal import TerminalUI
internal import Workbench

/// The positions of Explore's panes for the size of the window, used for drawing, clicks and
/// paging.
struct ExploreLayout {
  let kind: Layout.Kind
  let size: Size
  /// The editor; for a pair, the editor of the first text.
  var editor: Rect
  /// The editor of the second text, below the first.
  private(set) var secondEditor: Rect
  var heatmap: Rect
  /// The token table; in a stacked layout, the one pane that shows tokens, classes, explainers or
  /// trust in turn.
  var tokens: Rect
  /// The pane of findings, which replaces the tokens while it is open.
  private(set) var findings: Rect
  var prediction: Rect
  var explainers: Rect
  var trust: Rect
  var legend: Rect
  /// The number of lines at the foot of the heatmap's pane: the inspector and, if it has no pane of
  /// its own, the legend.
  var heatmapFoot: Int
  /// The drawing of a molecule in the heatmap's pane, below its text, and the sums of its scores at
  /// the right.
  private(set) var molecule: Rect
  private(set) var moleculeSums: Rect
  /// The line that says what is wrong with the text as a SMILES.
  private(set) var moleculeLine: Rect
  /// The rows of the text above the drawing; nil if only text is shown.
  private var moleculeTextRows: Int?
  /// The pane that fills the window; nil if none does.
  private(set) var zoomed: Pane?
  /// Whether the trust strip is visible, so that its measures are worth computing.
  private(set) var showsTrust = false

  init(_ state: State) {
    let window = Layout(state)
    (kind, size) = (window.kind, window.size)
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    (editor, heatmap, tokens) = (none, none, none)
    (prediction, explainers, legend) = (none, none, none)
    (trust, findings, secondEditor) = (none, none, none)
    (molecule, moleculeSums, moleculeLine) = (none, none, none)
    heatmapFoot = 0
    guard kind != .tooSmall else { return }
    hasFindings = state.findings.page != nil
    marksTexts = state.document.isPair
    switch kind {
    case .wide: arrangeWide(state)
    case .stacked: arrangeStacked(state)
    case .small: arrangeSmall(state)
    case .tooSmall: break
    }
    if state.explore.isZoomed { zoom(state) }
    if state.document.isPair { arrangePair(state) }
    if state.showsMolecule { arrangeMolecule(state) }
  }

  /// Arranges one editor above the other; if there is room for one only, that of the text that has
  /// the focus.
  private mutating func arrangePair(_ state: State) {
    let rows = editor.size.rows
    guard rows >= 6 else {
      if state.document.part == 1 { swap(&editor, &secondEditor) }
      return
    }
    secondEditor = Rect(
      column: editor.origin.column, row: editor.origin.row + rows / 2,
      columns: editor.size.columns, rows: rows - rows / 2)
    editor.size.rows = rows / 2
  }

  /// Lets the focused pane fill the window.
  private mutating func zoom(_ state: State) {
    let whole = Layout(state).body
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    let focus = state.explore.focus
    zoomed = focus
    // The editor keeps its width, and thereby its rows.
    (heatmap, tokens, findings) = (none, none, none)
    (prediction, explainers, legend, trust) = (none, none, none, none)
    switch focus {
    case .editor: editor = whole
    case .heatmap: (heatmap, heatmapFoot) = (whole, 2)
    case .tokens: tokens = whole
    case .findings: findings = whole
    case .prediction: prediction = whole
    case .explainers: explainers = whole
    case .trust: trust = whole
    }
    showsTrust = focus == .trust
  }

  private var hasFindings = false
  /// Whether a letter and a space precede each text in the heatmap.
  private var marksTexts = false

  private mutating func arrangeWide(_ state: State) {
    let body = size.rows - 3
    let right = min(56, 42 + max(0, size.columns - 120) / 4)
    let left = size.columns - right
    // A molecule's text is short, its drawing is large.
    let editorRows =
      state.document.isPair
      ? max(8, min(20, body * 32 / 100))
      : state.showsMolecule ? max(4, min(7, body / 8)) : max(5, min(12, body * 22 / 100))
    let rest = body - editorRows
    let share = state.showsMolecule && !hasFindings ? 30 : 46
    var tokenRows = (rest * share + 50) / 100
    if !state.showsMolecule {
      // The table gets the rows that a short text leaves free, in steps, so that typing seldom
      // moves it.
      let rows = state.document.fields.reduce(0) { $0 + $1.editor.layout.rowCount }
      let textRows = rows * state.heatRowHeight
      tokenRows = max(tokenRows, rest - 4 - max(6, (textRows + 3) / 4 * 4))
    }
    editor = Rect(column: 0, row: 1, columns: left, rows: editorRows)
    heatmap = Rect(column: 0, row: 1 + editorRows, columns: left, rows: rest - tokenRows)
    tokens = Rect(column: 0, row: 1 + body - tokenRows, columns: left, rows: tokenRows)
    if hasFindings { swap(&tokens, &findings) }
    heatmapFoot = 2
    let classes = max(1, state.summary?.classes.count ?? 2)
    let methods = max(1, state.summary?.methods.count ?? 6)
    let predictionRows = min(5 + classes, max(8, body * 30 / 100))
    // With fewer rows, the trust strip replaces the legend while it has the focus.
    let trustRows = body >= 32 ? 8 : 0
    let methodRows = min(4 + methods, max(8, body - predictionRows - trustRows - 9))
    prediction = Rect(column: left, row: 1, columns: right, rows: predictionRows)
    explainers = Rect(column: left, row: 1 + predictionRows, columns: right, rows: methodRows)
    let above = 1 + predictionRows + methodRows
    trust = Rect(column: left, row: above, columns: right, rows: trustRows)
    legend = Rect(
      column: left, row: above + trustRows, columns: right,
      rows: body - predictionRows - methodRows - trustRows)
    if trustRows == 0, state.explore.focus == .trust { (trust, legend) = (legend, trust) }
    showsTrust = trust.size.rows > 0
  }

  private mutating func arrangeStacked(_ state: State) {
    let body = size.rows - 3
    let editorRows =
      state.document.isPair
      ? (hasFindings ? 6 : 8) + max(0, body - 21) / 4
      : state.showsMolecule
        ? 3 + min(3, max(0, body - 21) / 6) : (hasFindings ? 4 : 5) + max(0, body - 21) / 5
    let drawerRows = (hasFindings ? 9 : 5) + max(0, body - 21) / 4
    editor = Rect(column: 0, row: 1, columns: size.columns, rows: editorRows)
    heatmap = Rect(
      column: 0, row: 1 + editorRows, columns: size.columns, rows: body - editorRows - drawerRows)
    tokens = Rect(
      column: 0, row: 1 + body - drawerRows, columns: size.columns, rows: drawerRows)
    (prediction, explainers, legend, trust) = (tokens, tokens, tokens, tokens)
    if hasFindings { findings = tokens }
    heatmapFoot = 1
    showsTrust = state.explore.focus == .trust
  }

  private mutating func arrangeSmall(_ state: State) {
    let body = size.rows - 3
    guard hasFindings else {
      let editorRows = state.document.isPair ? 6 : state.showsMolecule ? 3 : 4
      editor = Rect(column: 0, row: 1, columns: size.columns, rows: editorRows)
      heatmap = Rect(
        column: 0, row: 1 + editorRows, columns: size.columns, rows: body - editorRows)
      heatmapFoot = 2
      return
    }
    let rows = body - 3 - 4
    editor = Rect(column: 0, row: 1, columns: size.columns, rows: 3)
    heatmap = Rect(column: 0, row: 4, columns: size.columns, rows: 4)
    findings = Rect(column: 0, row: 8, columns: size.columns, rows: rows)
  }

  /// Arranges the text, the line that says what is wrong, and the drawing below one another.
  private mutating func arrangeMolecule(_ state: State) {
    let area = text(in: heatmap, foot: heatmapFoot)
    let hasLine = state.moleculeLine != nil && area.size.rows > 2
    let line = hasLine ? 1 : 0
    let columns = area.size.columns
    let rowHeight = state.heatRowHeight
    let most = max(1, area.size.rows / (3 * rowHeight))
    let textRows = min(most, (state.document.text.utf8.count + columns - 1) / columns)
    let above = state.depiction == nil ? area.size.rows - line : max(1, textRows) * rowHeight
    moleculeTextRows = above
    moleculeLine = Rect(
      column: area.origin.column, row: area.origin.row + above, columns: columns, rows: line)
    guard state.depiction != nil else { return }
    let rows = max(0, area.size.rows - above - line)
    let row = area.origin.row + above + line
    let sums = columns >= 60 && rows >= 4 ? MoleculeSums.columns : 0
    let gap = sums == 0 ? 0 : 1
    molecule = Rect(
      column: area.origin.column, row: row, columns: columns - sums - gap, rows: rows)
    guard sums > 0 else { return }
    moleculeSums = Rect(
      column: area.origin.column + columns - sums, row: row, columns: sums, rows: rows)
  }

  /// The panes in the order of Tab.
  var focusOrder: [Pane] {
    switch kind {
    case .wide, .stacked:
      Pane.allCases.filter { hasFindings ? $0 != .tokens : $0 != .findings }
    case .small: hasFindings ? [.editor, .heatmap, .findings] : [.editor, .heatmap]
    case .tooSmall: []
    }
  }

  /// The editor of a text; without rows if it is not visible.
  func editor(of part: Int) -> Rect { part == 0 ? editor : secondEditor }

  /// The area of a text in its editor; the cursor can be one column to the right of it.
  func editorText(of part: Int) -> Rect { text(in: editor(of: part), foot: 0) }

  /// The area of the text in the heatmap.
  var heatmapText: Rect {
    var area = text(in: heatmap, foot: heatmapFoot)
    if marksTexts {
      area.origin.column += 2
      area.size.columns = max(1, area.size.columns - 2)
    }
    if let moleculeTextRows { area.size.rows = moleculeTextRows }
    return area
  }

  /// The number of tokens that the table shows.
  var tableRows: Int { kind == .wide || zoomed == .tokens ? max(0, tokens.size.rows - 3) : 0 }

  private func text(in box: Rect, foot: Int) -> Rect {
    Rect(
      column: box.origin.column + 2, row: box.origin.row + 1,
      columns: max(1, box.size.columns - 4), rows: max(1, box.size.rows - 2 - foot))
  }
}

extension State {
  /// Lays the text out for the size of its editor, and moves the focus away from panes that are not
  /// visible.
  mutating func fitEditor() {
    let layout = ExploreLayout(self)
    if layout.kind != .tooSmall {
      for part in document.fields.indices where layout.editor(of: part).size.rows > 0 {
        document.resize(part, to: layout.editorText(of: part).size)
      }
    }
    if !layout.focusOrder.isEmpty, !layout.focusOrder.contains(explore.focus) {
      explore.focus = .heatmap
    }
    document.dropSelections(isTyping: isTyping)
  }
}
