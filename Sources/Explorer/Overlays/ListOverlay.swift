internal import TerminalUI

/// An overlay that is a list of lines, one of which is always selected. A click on a line selects
/// it and acts like Enter.
protocol ListOverlay: Overlay {
  var selected: Int { get set }
  func lineCount(_ state: State) -> Int
  /// Called when another line is selected, by a key or a click.
  mutating func selectionChanged(_ state: inout State, _ effects: inout [Effect])
}

extension ListOverlay {
  mutating func selectionChanged(_ state: inout State, _ effects: inout [Effect]) {}

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    selected = state.moved(selected, movement, count: lineCount(state), page: 10)
    selectionChanged(&state, &effects)
  }

  mutating func press(
    line: Int, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome {
    selected = line
    selectionChanged(&state, &effects)
    return accept(&state, &effects)
  }
}

/// A field with suggestions below it. No suggestion is selected while Enter applies to the field.
protocol SuggestionOverlay: Overlay {
  var selected: Int? { get set }
  func lineCount(_ state: State) -> Int
}

extension SuggestionOverlay {
  /// Moving up from the first line returns to the field.
  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    let count = lineCount(state)
    guard count > 0 else { return }
    let isAbove = movement == .up && selected == 0
    selected =
      isAbove ? nil : selected.map { state.moved($0, movement, count: count, page: 10) } ?? 0
  }

  mutating func press(
    line: Int, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome {
    selected = line
    return accept(&state, &effects)
  }
}
