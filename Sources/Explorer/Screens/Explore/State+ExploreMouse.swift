internal import Reports
internal import TerminalUI
internal import Workbench

/// Clicks and the mouse wheel on Explore.
extension State {
  mutating func pressOnExplore(
    _ target: Picture.Target, _ position: Position, _ picture: Picture
  ) {
    guard let target = target.own(ExploreTarget.self) else { return }
    switch target {
    case .pane(let pane):
      moveFocus(to: pane)
      if pane == .editor { document.select(part: part(at: position)) }
    case .editorText(let part):
      moveFocus(to: .editor)
      document.select(part: part)
    case .heatmapText: moveFocus(to: .heatmap)
    case .finding(let page):
      if findings.page != page || explore.focus != .findings { show(page) }
    case .findingLine(let index): pressOnFinding(line: index)
    case .unit(let unit):
      let pane = picture.pane(at: position) ?? .heatmap
      moveFocus(to: pane)
      explore.selectedUnit = unit
      explore.molecule.atom = nil
      findings.dragAnchor = pane == .heatmap && visit == nil ? unit : nil
      if pane == .heatmap { explore.heatScroll = nil }
    case .molecule:
      moveFocus(to: .heatmap)
      if let area = picture.rect(of: .explore(.molecule)) { pressOnMolecule(position, in: area) }
    case .method(let index):
      moveFocus(to: .explainers)
      explore.selectedMethod = index
      open()
    case .classLine(let index):
      moveFocus(to: .prediction)
      explore.selectedClass = index
      open()
    }
  }

  /// Selects a phrase while the mouse is dragged from one word to another.
  mutating func drag(to position: Position, _ picture: Picture) {
    guard findings.dragAnchor != nil,
      case .unit(let unit)? = picture.target(at: position)?.own(ExploreTarget.self),
      picture.pane(at: position) == .heatmap
    else { return }
    dragPhrase(to: unit)
  }

  private mutating func moveFocus(to pane: Pane) {
    if explore.focus == .editor, pane != .editor {
      leaveEditor(to: pane)
    } else {
      explore.focus = pane
    }
  }

  /// The text whose editor is at a position.
  private func part(at position: Position) -> Int {
    ExploreLayout(self).secondEditor.contains(position) ? 1 : 0
  }

  mutating func scrollPane(by rows: Int, at position: Position, _ picture: Picture) {
    let layout = ExploreLayout(self)
    switch picture.pane(at: position) {
    case .heatmap where picture.target(at: position) == .explore(.molecule):
      moveMolecule { $0.move(columns: 0, rows: -rows, in: $1) }
    case .heatmap:
      let area = layout.heatmapText.size
      let text = HeatmapText(self, columns: area.columns)
      let visible = max(1, area.rows / text.rowHeight)
      let top = heatTop(text, rows: visible) + rows
      explore.heatScroll = max(0, min(top, text.layout.rowCount - visible))
    case .tokens:
      explore.tokensTop = max(
        0, min(explore.tokensTop + rows, listedUnits.count - layout.tableRows))
    case .prediction:
      explore.selectedClass = moved(
        explore.selectedClass, rows < 0 ? .up : .down, count: summary?.classes.count ?? 0, page: 1)
    case .explainers:
      explore.selectedMethod = moved(
        explore.selectedMethod, rows < 0 ? .up : .down, count: summary?.methods.count ?? 0, page: 1)
    case .editor: document.scroll(part(at: position), by: rows)
    case .findings: scrollFindings(by: rows)
    case .trust, nil: break
    }
  }

  /// Scrolls to the selection after a key moved it.
  mutating func reveal() {
    explore.heatScroll = nil
    // Sorted by score, adjacent words are on distant lines, and the table would jump at each key.
    guard explore.focus == .tokens || explore.tokenOrder == .text else { return }
    let layout = ExploreLayout(self)
    let rows = layout.tableRows
    guard rows > 0, let line = listedUnits.firstIndex(of: currentUnit ?? -1) else { return }
    let top = explore.tokensTop
    let isStepBeyond = line == top - 1 || line == top + rows
    explore.tokensTop =
      isStepBeyond && !spans(layout.tokens)
      ? max(0, line - rows / 2) : max(0, max(line - rows + 1, min(top, line)))
  }
}
