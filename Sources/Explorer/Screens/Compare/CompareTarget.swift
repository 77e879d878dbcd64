internal import TerminalUI

/// The mouse targets of Compare.
enum CompareTarget: ScreenTarget {
  /// A word, a column's head, or a word's cell in a column.
  case cell(unit: Int?, column: Int?)
  case background

  /// Jump letters are for the heads of the columns and for the words.
  func jump(at position: Position, in picture: Picture) -> JumpKind? {
    if case .cell(let unit, let column) = self, unit == nil || column == nil { .line } else { nil }
  }
}

extension Picture.Target {
  static func compare(_ target: CompareTarget) -> Self { .own(OwnTarget(target)) }
}
