internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// The data of the Errors screen: the selected row, the drawer beside the table, and the results
/// about the whole data set.
package struct ErrorsScreen: Sendable {
  /// The statistics of words over the whole data set.
  struct Words: Sendable {
    var status = RowsStatus.none
    var method = ""
    var progress = RowsProgress()
    var report: WordReport?
  }

  /// The work of a second model on the rows.
  struct Other: Sendable {
    var status = RowsStatus.none
    /// The argument of `--model` that opens it.
    var argument = ""
    var progress = RowsProgress()
  }

  var filter = RowFilter()
  /// The selection among the rows that match the filter.
  var list = ListScroll()
  /// The row that the preview keeps while keys move the cursor; if nil, the preview shows the
  /// selected row.
  var held: Int?
  /// The molecule of the selected row.
  var drawn = DrawnMolecule()
  /// The visible part of its drawing and the zoom.
  var drawnView = MoleculeCells.View()
  /// The row that was selected in the last session, by its number in the file, and whether it was
  /// open in Explore; nil once the row was found.
  var awaited: (fileRow: Int, isOpened: Bool)?

  var report: ExampleReport?
  var reportRequest: ReportRows.Report?
  /// The request that `report` answers.
  var reported: ReportRows.Report?
  var ownSlices: [String] = []
  var drawer = Drawer.matrix
  /// Whether the drawer has the focus.
  var isInDrawer = false
  var line = ListScroll()
  var cell = (gold: 0, predicted: 0)
  /// The class whose bins are shown, if each class has a calibration of its own.
  var openClass: Int?

  /// Whether the calibration is shown at the best temperature.
  var isCalibrated = false

  /// Rows whose predicted class was contrasted with another class.
  var contrasted = ContrastedRows()
  var words = Words()
  var other = Other()

  /// Whether the focused part fills the window.
  var isZoomed = false

  package init() {}

  /// Removes the requests and the results that belong to an older data set.
  mutating func forgetData() {
    (list, held, filter.before) = (ListScroll(), nil, nil)
    (report, reportRequest, reported) = (nil, nil, nil)
    (cell, line) = ((0, 0), ListScroll())
    (words, other) = (Words(), Other())
    (openClass, isCalibrated) = (nil, false)
    contrasted = ContrastedRows()
  }

  /// Whether words are being counted or a second model is scoring the rows.
  var isFindingOut: Bool { words.status == .scoring || other.status == .scoring }
}

extension State {
  var errors: ErrorsScreen {
    _read { yield self[ErrorsScreen.self] }
    _modify { yield &self[ErrorsScreen.self] }
  }

  /// Whether digit keys label rows on this screen.
  var labelsRowsHere: Bool { dataset.isLabelling && !errors.isInDrawer }

  /// The number of lines of the drawer.
  var drawerCount: Int {
    errors.drawer == .matrix
      ? dataset.table.map { $0.hasNumbers ? 0 : $0.classes.count } ?? 0
      : DrawerLines(self, errors.drawer).lines.count
  }

  /// Whether the texts are molecules, which consist of named groups.
  var hasParts: Bool { dataset.table?.parts != nil }

  /// The query that selects the rows that a line of the drawer counts; nil if there is none.
  func query(ofLine line: Int) -> String? {
    guard let table = dataset.table, line >= 0 else { return nil }
    guard errors.drawer == .matrix else {
      return DrawerLines(self, errors.drawer).lines.element(at: line)?.query
    }
    guard !table.hasNumbers, let gold = table.classes.element(at: errors.cell.gold),
      let predicted = table.classes.element(at: errors.cell.predicted)
    else { return nil }
    return "gold=\(QueryText.quoted(gold)) pred=\(QueryText.quoted(predicted))"
  }

  /// The number of rows for which the fields that the filter uses are known so far.
  var knownRows: Int {
    guard let query = try? Query(dataset.rows.query) else { return 0 }
    return (query.asks(.evidence) ? errors.words.progress.rows : 0)
      + (query.asks(.other) ? dataset.table?.other?.count ?? 0 : 0)
  }
}
