internal import Attribution
internal import TerminalUI
internal import Workbench

/// The list of explainers, to add as columns of Compare or remove. It stays open, so that several
/// can be chosen.
struct ColumnPicker: ListOverlay {
  var selected = 0

  static let chains = [listOfChoices]

  var contexts: [Binding.Context] { Self.listOfChoices }

  func lineCount(_ state: State) -> Int { state.summary?.methods.count ?? 0 }

  func hintOfEnter(_ state: State) -> String? { "add or remove" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    if let name = state.summary?.methods.element(at: selected)?.card.name {
      state.toggleColumn(of: name)
    }
    return .stays
  }

  func draw(_ state: State, on picture: inout Picture) {
    let methods = state.summary?.methods ?? []
    let inner = picture.openBox(
      columns: 84, rows: methods.count + 2, title: "Columns",
      note: "Enter adds or removes  Esc closes")
    picture.drawList(
      count: methods.count, selected: selected, in: inner, state.signs
    ) { line, rect, picture in
      let method = methods[line]
      let isColumn = state.compare.methods?.contains(method.card.name) == true
      let isApplicable = method.reasonNotApplicable == nil
      picture.frame.write(isColumn ? state.signs.done : "", at: rect.origin)
      picture.frame.write(
        method.card.title, at: Position(column: rect.origin.column + 3, row: rect.origin.row),
        style: Style(isApplicable ? .text : .dim, isColumn ? .bold : []))
      picture.frame.write(
        method.reasonNotApplicable ?? method.card.cost,
        at: Position(column: rect.origin.column + 34, row: rect.origin.row), style: Style(.dim),
        maxColumns: max(0, rect.size.columns - 34), hasEllipsis: true)
    }
  }
}

extension Action {
  static let openColumns = Action("open columns") { state, _ in
    if state.summary != nil { state.overlay = ColumnPicker() }
  }
}
