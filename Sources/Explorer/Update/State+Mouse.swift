internal import TerminalUI

/// Clicks and the wheel, by what was drawn under them.
extension State {
  mutating func click(_ mouse: Mouse, _ effects: inout [Effect]) {
    let picture = picture
    switch mouse.action {
    case .press: press(mouse.position, picture, &effects)
    case .drag: drag(to: mouse.position, picture)
    case .release: findings.dragAnchor = nil
    case .wheelUp: wheel(-3, at: mouse.position, picture, &effects)
    case .wheelDown: wheel(3, at: mouse.position, picture, &effects)
    }
  }

  private mutating func press(
    _ position: Position, _ picture: Picture, _ effects: inout [Effect]
  ) {
    guard let target = picture.target(at: position) else { return closeList(&effects) }
    if isAsking { return }
    message = nil
    switch target {
    case .command(let command): perform(command, &effects)
    case .line(let index): pressLine(index, &effects)
    case .overlay: break
    default:
      guard overlay == nil else { return closeList(&effects) }
      press(target, position, picture)
    }
  }

  mutating func press(_ target: Picture.Target, _ position: Position, _ picture: Picture) {
    switch target {
    case .tab(let screen): show(screen)
    case .cell(let unit, let column):
      if let unit { compare.unit = unit }
      if let column { compare.column = column }
      compare.top = compare.top ?? CompareLayout.top(self)
      compare.edition = edition
    case .comparison, .journal, .examples, .drawer: break
    case .exampleLine, .drawerLine, .drawerTab, .matrixCell, .filterField: pressOnErrors(target)
    case .pane(let pane): turn(to: pane)
    case .editorText:
      turn(to: .editor)
      placeCursor(position, picture)
    case .heatmapText: turn(to: .heatmap)
    case .finding(let page):
      if findings.page != page || focus != .findings { show(page) }
    case .findingLine(let index): pressOnFinding(line: index)
    case .unit(let unit):
      let pane = picture.pane(at: position) ?? .heatmap
      turn(to: pane)
      selectedUnit = unit
      findings.dragAnchor = pane == .heatmap && visit == nil ? unit : nil
      if pane == .heatmap { heatScroll = nil }
    case .method(let index):
      turn(to: .explainers)
      selectedMethod = index
      open()
    case .classLine(let index):
      turn(to: .prediction)
      selectedClass = index
      open()
    case .command, .line, .overlay: break
    }
  }

  /// With the button held down from one word to another: a phrase.
  private mutating func drag(to position: Position, _ picture: Picture) {
    guard overlay == nil, screen == .explore, findings.dragAnchor != nil,
      case .unit(let unit) = picture.target(at: position),
      picture.pane(at: position) == .heatmap
    else { return }
    dragPhrase(to: unit)
  }

  /// A question takes nothing but its answer.
  private var isAsking: Bool {
    switch overlay {
    case .question, .confirmation: true
    default: false
    }
  }

  /// A click beside an overlay closes it.
  private mutating func closeList(_ effects: inout [Effect]) {
    if isAsking { return }
    if overlay != nil { closeOverlay(&effects) }
  }

  private mutating func turn(to pane: Pane) {
    if focus == .editor, pane != .editor { leaveEditor(to: pane) } else { focus = pane }
  }

  private mutating func placeCursor(_ position: Position, _ picture: Picture) {
    guard let area = picture.rect(of: .editorText) else { return }
    _ = editor.click(
      at: Position(
        column: position.column - area.origin.column, row: position.row - area.origin.row))
  }

  private mutating func pressLine(_ index: Int, _ effects: inout [Effect]) {
    switch overlay {
    case .palette(var palette):
      palette.selected = index
      overlay = .palette(palette)
      perform(.accept, &effects)
    case .themes(var picker):
      picker.selected = index
      overlay = .themes(picker)
      moveInOverlay(.up, &effects)
      if index > 0 || picker.selected > 0 { moveInOverlay(.down, &effects) }
      perform(.accept, &effects)
    case .model(var prompt):
      prompt.selected = index
      acceptModel(prompt, &effects)
    case .word(var prompt):
      prompt.selected = index
      acceptWord(prompt)
    case .note(var prompt):
      prompt.select(line: index)
      prompt.toggle()
      overlay = .note(prompt)
    case .export(var prompt):
      if let format = prompt.formats.element(at: index) { prompt.change(to: format) }
      overlay = .export(prompt)
    case .columns:
      overlay = .columns(selected: index)
      perform(.accept, &effects)
    case .settings(var prompt):
      prompt.selected = index
      accept(prompt, &effects)
    case .classes(var prompt):
      prompt.selected = index
      accept(prompt, &effects)
    default: break
    }
  }

  private mutating func wheel(
    _ rows: Int, at position: Position, _ picture: Picture, _ effects: inout [Effect]
  ) {
    if overlay != nil {
      for _ in 0..<abs(rows) { moveInOverlay(rows < 0 ? .up : .down, &effects) }
      return
    }
    switch screen {
    case .explore: break
    case .errors: return scrollErrors(by: rows, at: picture.target(at: position))
    case .compare: return scrollCompare(by: rows)
    case .journal:
      for _ in 0..<abs(rows) { moveInJournal(rows < 0 ? .up : .down) }
      return
    }
    let layout = Layout(self)
    switch picture.pane(at: position) {
    case .heatmap:
      let area = layout.heatmapText.size
      let text = HeatmapText(self, columns: area.columns)
      let visible = max(1, area.rows / text.rowHeight)
      let top = heatTop(text, rows: visible) + rows
      heatScroll = max(0, min(top, text.layout.rowCount - visible))
    case .tokens:
      tokensTop = max(0, min(tokensTop + rows, listedUnits.count - layout.tableRows))
    case .prediction:
      selectedClass = moved(
        selectedClass, rows < 0 ? .up : .down, count: summary?.classes.count ?? 0, page: 1)
    case .explainers:
      selectedMethod = moved(
        selectedMethod, rows < 0 ? .up : .down, count: summary?.methods.count ?? 0, page: 1)
    case .editor: _ = editor.scroll(by: rows)
    case .findings: scrollFindings(by: rows)
    case .trust, nil: break
    }
  }

  /// Brings the selection into sight after a key moved it.
  mutating func reveal() {
    heatScroll = nil
    // by score each word of the text has a line elsewhere: the table would jump at each key
    guard focus == .tokens || tokenOrder == .text else { return }
    let rows = Layout(self).tableRows
    guard rows > 0, let line = listedUnits.firstIndex(of: lookedAtUnit ?? -1) else { return }
    tokensTop = max(0, max(line - rows + 1, min(tokensTop, line)))
  }
}
