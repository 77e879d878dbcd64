internal import TerminalUI

extension State {
  /// A pane is as wide as the window.
  func spans(_ pane: Rect) -> Bool { pane.size.columns >= terminal.size.columns }
}

extension ListScroll {
  /// Selects what a key went to. Terminals scroll whole lines by themselves; of a list beside other panes each line is
  /// sent anew, so that it scrolls by halves, for one step in many.
  /// - Parameter isWhole: the list is as wide as the window.
  mutating func select(
    _ item: Int, by movement: Movement, count: Int, rows: Int, isWhole: Bool
  ) {
    let isStep = movement == .up || movement == .down
    if isStep, !isWhole {
      selectByHalves(item, count: count, rows: rows)
    } else {
      select(item, count: count, rows: rows)
    }
  }
}
