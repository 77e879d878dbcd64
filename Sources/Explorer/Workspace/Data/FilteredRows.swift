internal import Datasets
internal import Reports
internal import Workbench

/// The filter and the order of a data set's rows, and the rows that match.
struct FilteredRows: Sendable {
  /// The filter; empty for all rows.
  var query = ""
  var order = ExampleView.Order.loss
  var isReversed = false
  private(set) var view = ExampleView()
  /// The figures of the matching rows; nil if all rows match, or too many.
  private(set) var figures: RowFigures?
  /// The request that the view answers; nil before the first one.
  private(set) var viewed: ViewRows.View?
  /// The latest request.
  var requested: ViewRows.View?
  /// The marked rows, by their indices in the table.
  var marked: Set<Int> = []

  /// The matching rows in the order of the screen, by their indices in the table.
  var all: [Int] { view.rows }

  mutating func receive(_ view: ExampleView, to request: ViewRows.View, of table: ExampleTable?) {
    (self.view, viewed) = (view, request)
    figures = table.flatMap { RowFigures(view.rows, of: $0) }
  }

  /// Sorts by a column, as a click on its heading does; a second click reverses the order.
  mutating func sort(by wanted: ExampleView.Order) {
    isReversed = wanted == order ? !isReversed : false
    order = wanted
  }

  mutating func cycleOrder() {
    let orders = ExampleView.Order.allCases
    let index = orders.firstIndex(of: order) ?? 0
    (order, isReversed) = (orders[(index + 1) % orders.count], false)
  }

  /// Removes requests, results and marks of an older data set; the filter and the order stay.
  mutating func forget() {
    (view, viewed, requested, figures, marked) = (ExampleView(), nil, nil, nil, [])
  }
}
