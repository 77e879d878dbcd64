internal import Datasets
internal import Reports
internal import Workbench

/// Which rows of a data set are looked at, and in which order.
struct FilteredRows: Sendable {
  /// The filter; empty where all rows are wanted.
  var query = ""
  var order = ExampleView.Order.loss
  var isReversed = false
  private(set) var view = ExampleView()
  /// Of the view's rows; nil where they are all.
  private(set) var figures: RowFigures?
  /// What the view answers; nil before the first one.
  private(set) var viewed: ViewRows.View?
  /// What was asked for last.
  var requested: ViewRows.View?
  /// Rows of the table that the user marked.
  var marked: Set<Int> = []

  /// Rows of the table, in the order of the screen.
  var all: [Int] { view.rows }

  mutating func receive(_ view: ExampleView, to request: ViewRows.View, of table: ExampleTable?) {
    (self.view, viewed) = (view, request)
    figures = table.flatMap { RowFigures(view.rows, of: $0) }
  }

  /// A click on a column's head; once more reverses the order.
  mutating func sort(by wanted: ExampleView.Order) {
    isReversed = wanted == order ? !isReversed : false
    order = wanted
  }

  mutating func cycleOrder() {
    let orders = ExampleView.Order.allCases
    let index = orders.firstIndex(of: order) ?? 0
    (order, isReversed) = (orders[(index + 1) % orders.count], false)
  }

  /// Of a data set that is gone: what was asked, found and marked; the filter and the order stay.
  mutating func forget() {
    (view, viewed, requested, figures, marked) = (ExampleView(), nil, nil, nil, [])
  }
}
