internal import Datasets
internal import TerminalUI

/// The Errors screen: a data set, and where the model is wrong on it.
struct ErrorsScreen: Sendable {
  enum Status: Sendable, Equatable {
    case none, scoring, done, stopped
    case failed(String)
  }

  /// What stands beside the table.
  enum Drawer: Sendable, CaseIterable {
    case matrix, calibration, slices, words, suspects

    var title: String {
      switch self {
      case .matrix: "Confusion"
      case .calibration: "Calibration"
      case .slices: "Slices"
      case .words: "Words behind errors"
      case .suspects: "Suspect labels"
      }
    }
  }

  // the data set
  var name: String?
  var status = Status.none
  var progress = ScoringProgress()
  var table: ExampleTable?
  var annotations = Annotations()

  // which rows are looked at
  var field = TextEditor(isSingleLine: true)
  var isFiltering = false
  var query = ""
  var queryError: QueryError?
  var order = ExampleView.Order.loss
  var isReversed = false
  var view = ExampleView()
  /// What the view answers; nil before the first one.
  var viewed: ErrorsViewRequest?
  var requested: ErrorsViewRequest?
  var viewCount = 0
  var list = ListScroll()
  var marked: Set<Int> = []

  // what they add up to
  var report: ExampleReport?
  var reportRequest: ErrorsReportRequest?
  var ownSlices: [String] = []
  var drawer = Drawer.matrix
  /// The keys go to the drawer.
  var isInDrawer = false
  var line = ListScroll()
  var cell = (gold: 0, predicted: 0)

  /// The row of the table that was opened in Explore.
  var opened: Int?

  /// An empty table; what was asked and found of an older one is forgotten.
  mutating func begin(classes: [String]) {
    table = ExampleTable(classes: classes)
    (view, viewed, requested) = (ExampleView(), nil, nil)
    (report, reportRequest) = (nil, nil)
    (marked, opened, cell) = ([], nil, (0, 0))
    (list, line) = (ListScroll(), ListScroll())
  }

  /// The row of the table at the cursor.
  var selectedRow: Int? {
    let index = list.fitted(count: view.rows.count, rows: 1).selection
    return view.rows.indices.contains(index) ? view.rows[index] : nil
  }

  /// How many lines the drawer has.
  var drawerCount: Int {
    switch drawer {
    case .matrix: table?.classes.count ?? 0
    case .calibration: report?.calibration.bins.count { $0.count > 0 } ?? 0
    case .slices: report?.slices.count ?? 0
    case .words: report?.words.count ?? 0
    case .suspects: report?.suspects.count ?? 0
    }
  }

  /// The query that shows what a line of the drawer counts; nil where none does.
  func query(ofLine line: Int) -> String? {
    guard let table, line >= 0, line < drawerCount else { return nil }
    switch drawer {
    case .matrix:
      let gold = Self.quoted(table.classes[cell.gold])
      return "gold=\(gold) pred=\(Self.quoted(table.classes[cell.predicted]))"
    case .calibration:
      let bins = report?.calibration.bins.filter { $0.count > 0 } ?? []
      return "p>\(Self.bound(bins[line].lower)) p<=\(Self.bound(bins[line].upper))"
    case .slices: return report?.slices[line].query
    case .words:
      return (report?.words[line].word).map { "gold!=pred text~\(Self.quoted(Self.escaped($0)))" }
    case .suspects:
      return (report?.suspects[line].index).map { "row=\(table[$0].fileRow)" }
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"") + "\""
  }

  /// A word as a pattern for itself alone.
  private static func escaped(_ word: String) -> String {
    "\\b" + word.map { $0.isLetter || $0.isNumber ? "\($0)" : "\\\($0)" }.joined() + "\\b"
  }

  private static func bound(_ value: Double) -> String { Numerals.fixed(Float(value), 4) }
}
