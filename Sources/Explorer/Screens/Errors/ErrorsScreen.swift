internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// The Errors screen: where the cursor stands among the rows of the data set, and what they add up to.
package struct ErrorsScreen: Sendable {
  /// The words of the whole data set.
  struct Words: Sendable {
    var status = RowsStatus.none
    var method = ""
    var progress = RowsProgress()
    var report: WordReport?
  }

  /// A second model.
  struct Other: Sendable {
    var status = RowsStatus.none
    /// What `--model` takes.
    var argument = ""
    var progress = RowsProgress()
  }

  var filter = RowFilter()
  /// Where the cursor stands among the rows that the filter leaves.
  var list = ListScroll()
  /// The row that the preview goes on to show while keys move the cursor; nil follows the cursor.
  var held: Int?
  /// The molecule of the row at the cursor.
  var drawn = DrawnMolecule()
  /// Which part of its drawing is seen, and how large.
  var drawnView = MoleculeCells.View()
  /// The row, by its number in the file, that the last session was at, and whether it was open.
  var awaited: (fileRow: Int, isOpened: Bool)?

  // what they add up to
  var report: ExampleReport?
  var reportRequest: ReportRows.Report?
  /// What the report answers.
  var reported: ReportRows.Report?
  var ownSlices: [String] = []
  var drawer = Drawer.matrix
  /// The keys go to the drawer.
  var isInDrawer = false
  var line = ListScroll()
  var cell = (gold: 0, predicted: 0)
  /// The class whose bins are shown in the calibration of several classes a text.
  var openClass: Int?

  /// The calibration is shown at the best temperature.
  var isCalibrated = false

  // which words speak
  /// Rows whose answer was set against another class.
  var contrasted = ContrastedRows()
  var words = Words()
  var other = Other()

  /// What has the keys fills the window.
  var isZoomed = false

  package init() {}

  /// What was asked and found of an older data set is forgotten.
  mutating func forgetData() {
    (list, held, filter.before) = (ListScroll(), nil, nil)
    (report, reportRequest, reported) = (nil, nil, nil)
    (cell, line) = ((0, 0), ListScroll())
    (words, other) = (Words(), Other())
    (openClass, isCalibrated) = (nil, false)
    contrasted = ContrastedRows()
  }

  /// More of it is being computed.
  var isFindingOut: Bool { words.status == .scoring || other.status == .scoring }
}

extension State {
  var errors: ErrorsScreen {
    _read { yield self[ErrorsScreen.self] }
    _modify { yield &self[ErrorsScreen.self] }
  }

  /// Digits are labels on this screen.
  var labelsRowsHere: Bool { dataset.isLabelling && !errors.isInDrawer }

  /// How many lines the drawer has.
  var drawerCount: Int {
    errors.drawer == .matrix
      ? dataset.table.map { $0.hasNumbers ? 0 : $0.classes.count } ?? 0
      : DrawerLines(self, errors.drawer).lines.count
  }

  /// Texts are molecules, made of groups.
  var hasParts: Bool { dataset.table?.parts != nil }

  /// The query that shows what a line of the drawer counts; nil where none does.
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

  /// How many rows have what the filter asks for.
  var knownRows: Int {
    guard let query = try? Query(dataset.rows.query) else { return 0 }
    return (query.asks(.evidence) ? errors.words.progress.rows : 0)
      + (query.asks(.other) ? dataset.table?.other?.count ?? 0 : 0)
  }
}
