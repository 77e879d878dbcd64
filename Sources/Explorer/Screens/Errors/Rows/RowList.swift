internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// Which rows of a data set are looked at, in which order, and where the cursor stands.
struct RowList: Sendable {
  var field = TextEditor(isSingleLine: true)
  var isFiltering = false {
    didSet { if !isFiltering { _ = field.dropSelection() } }
  }
  var query = ""
  /// What Esc goes back to while the filter is typed: the query, and the row at the cursor.
  var before: (query: String, fileRow: Int?)?
  var queryError: QueryError?
  var order = ExampleView.Order.loss
  var isReversed = false
  var view = ExampleView()
  /// Of the view's rows; nil where they are all.
  var figures: RowFigures?
  /// What the view answers; nil before the first one.
  var viewed: ViewRows.View?
  /// What was asked for last.
  var requested: ViewRows.View?
  var list = ListScroll()
  /// The row that the preview goes on to show while keys move the cursor; nil follows the cursor.
  var held: Int?
  var marked: Set<Int> = []

  /// The row of the table at the cursor.
  var selectedRow: Int? {
    let index = list.fitted(count: view.rows.count, rows: 1).selection
    return view.rows.indices.contains(index) ? view.rows[index] : nil
  }

  /// The row of the table that the preview shows.
  var previewedRow: Int? { held ?? selectedRow }

  /// - Parameter fileRow: the row that Esc goes back to, by its number in the file.
  mutating func beginFilter(at fileRow: Int?) {
    before = (query, fileRow)
    isFiltering = true
  }

  /// Shows the rows that match a query. If the text is no query, the previous one stays and the field
  /// stays open.
  mutating func filter(by text: String, isTyped: Bool, isPlain: Bool) {
    do {
      _ = try Query(text)
      (query, queryError, isFiltering, before) = (text, nil, false, nil)
      if !isTyped { field = TextEditor(text, isSingleLine: true, isPlain: isPlain) }
    } catch {
      queryError = error
      isFiltering = true
      if let before { query = before.query }
    }
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

  /// Of a data set that is gone: what was asked and found; what is typed stays.
  mutating func forgetRows() {
    (view, viewed, requested, figures) = (ExampleView(), nil, nil, nil)
    (marked, list, held, before) = ([], ListScroll(), nil, nil)
  }
}
