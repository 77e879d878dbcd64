internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

/// Focus and selection.
extension State {
  mutating func moveFocus(by step: Int) {
    let panes = ExploreLayout(self).focusOrder
    guard !panes.isEmpty, !moveBetweenTexts(by: step) else { return }
    let index = panes.firstIndex(of: explore.focus) ?? 0
    let next = panes[(index + step + panes.count) % panes.count]
    if explore.focus == .editor { leaveEditor(to: next) } else { explore.focus = next }
    if next == .editor { document.select(part: step > 0 ? 0 : document.fields.count - 1) }
  }

  /// Leaves the editor; the token at the cursor stays selected.
  mutating func leaveEditor(to pane: Pane) {
    if let unit = currentUnit { explore.selectedUnit = unit }
    explore.focus = pane
    explore.heatScroll = nil
    if pane == .tokens { reveal() }
  }

  mutating func moveInPane(_ movement: Movement) {
    switch explore.focus {
    case .editor, .trust: break
    case .heatmap: moveInHeatmap(movement)
    case .findings: moveInFindings(movement)
    case .tokens:
      let units = listedUnits
      let line = units.firstIndex(of: currentUnit ?? -1) ?? 0
      if let unit = units.element(
        at: moved(line, movement, count: units.count, page: ExploreLayout(self).tableRows))
      {
        explore.selectedUnit = unit
      }
    case .prediction:
      let count = summary?.classes.count ?? 0
      explore.selectedClass = moved(explore.selectedClass, movement, count: count, page: 5)
    case .explainers:
      let count = summary?.methods.count ?? 0
      explore.selectedMethod = moved(explore.selectedMethod, movement, count: count, page: 5)
    }
    reveal()
  }

  /// Enter.
  mutating func open() {
    if let choice, let other = explanations.instead[choice], explanations.shown == nil,
      offersAlternative
    {
      return choose(explainer: other)
    }
    switch explore.focus {
    case .editor: break
    case .trust: overlay = Card(content: .trust)
    case .findings: openFinding()
    case .heatmap, .tokens:
      if let shown = explanations.shown, !isShownStale,
        let unit = currentUnit.flatMap({ shown.map.units.element(at: $0) })
      {
        document.moveCursor(to: unit.utf8Range.upperBound)
      }
      explore.focus = .editor
    case .prediction: choose(classIndex: explore.selectedClass)
    case .explainers:
      if let method = summary?.methods.element(at: explore.selectedMethod) {
        choose(explainer: method.card.name)
      }
    }
  }

  /// Whether Enter chooses the other explainer, since it has no other effect without a map.
  private var offersAlternative: Bool {
    switch explore.focus {
    case .heatmap, .tokens: true
    case .explainers:
      summary?.methods.element(at: explore.selectedMethod)?.card.name == settings.method
    case .editor, .prediction, .trust, .findings: false
    }
  }

  mutating func moveInHeatmap(_ movement: Movement) {
    if let depiction { return walk(movement, on: depiction) }
    guard let shown = explanations.shown, !shown.map.units.isEmpty else { return }
    let unit = min(explore.selectedUnit, shown.map.units.count - 1)
    let page = ExploreLayout(self).heatmapText.size.rows
    switch movement {
    case .up, .down, .pageUp, .pageDown:
      let text = HeatmapText(self, columns: ExploreLayout(self).heatmapText.size.columns)
      let step = movement == .up || movement == .down ? 1 : max(1, page / text.rowHeight)
      let isUp = movement == .up || movement == .pageUp
      explore.selectedUnit = text.unit(rows: isUp ? -step : step, from: unit) ?? unit
    case .left, .right, .first, .last:
      explore.selectedUnit = moved(unit, movement, count: shown.map.units.count, page: 1)
    }
  }
}
