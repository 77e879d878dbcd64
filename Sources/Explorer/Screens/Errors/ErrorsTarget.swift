internal import Datasets

/// What is under the mouse on Errors: a line or a heading of the table, a line or a tab of the
/// drawer, a cell of the matrix, the filter, or the rest of the table or the drawer.
enum ErrorsTarget: ScreenTarget {
  case exampleLine(Int)
  case exampleColumn(ExampleView.Order)
  case drawerLine(Int)
  case matrixCell(gold: Int, predicted: Int)
  case drawerTab(ErrorsScreen.Drawer)
  case filterField
  case examples, drawer
}

extension Picture.Target {
  static func errors(_ target: ErrorsTarget) -> Self { .own(OwnTarget(target)) }
}
