internal import Datasets

/// What is under the mouse on Errors: lines of the table and of the drawer, a cell of the matrix, the filter, and
/// the grounds of these.
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
