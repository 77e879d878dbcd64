internal import TerminalUI

extension State {
  /// The index that a movement selects in a list, within its bounds.
  func moved(_ index: Int, _ movement: Movement, count: Int, page: Int) -> Int {
    let target =
      switch movement {
      case .up, .left: index - 1
      case .down, .right: index + 1
      case .first: 0
      case .last: count - 1
      case .pageUp: index - max(1, page)
      case .pageDown: index + max(1, page)
      }
    return max(0, min(target, count - 1))
  }

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
