internal import TerminalUI

extension State {
  /// Where a movement takes the selection of a list, within its bounds.
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
