internal import TerminalUI

extension State {
  /// Whether a pane is as wide as the window.
  func spans(_ pane: Rect) -> Bool { pane.size.columns >= terminal.size.columns }
}

extension ListScroll {
  /// Selects the item that a key moved to. A terminal can scroll whole lines by itself, but every
  /// line of a list beside other panes has to be sent again. Such a list therefore scrolls by half
  /// its height, which is seldom.
  /// - Parameter isWhole: whether the list is as wide as the window.
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
