internal import Datasets
internal import Reports
internal import TerminalUI

/// The Errors screen: a data set, and where the model is wrong on it.
package struct ErrorsScreen: Sendable {
  enum Status: Sendable, Equatable {
    case none, scoring, done, stopped
    case failed(String)
  }

  /// What stands beside the table.
  package enum Drawer: String, Sendable, CaseIterable {
    case matrix, calibration, slices, words, suspects, strongest, twoSided, behindErrors, models

    /// As a tab.
    var name: String {
      switch self {
      case .matrix: "Confusion"
      case .calibration: "Calibration"
      case .slices: "Slices"
      case .words: "Words"
      case .suspects: "Labels"
      case .strongest: "Scores"
      case .twoSided: "Two-sided"
      case .behindErrors: "Behind"
      case .models: "Models"
      }
    }

    var title: String {
      switch self {
      case .matrix: "Confusion"
      case .calibration: "Calibration"
      case .slices: "Slices"
      case .words: "Words in wrong texts"
      case .suspects: "Suspect labels"
      case .strongest: "Words by mean score"
      case .twoSided: "Words for several classes"
      case .behindErrors: "Words behind errors"
      case .models: "Two models"
      }
    }

    /// It shows what explaining all rows finds out.
    var needsWords: Bool { [.strongest, .twoSided, .behindErrors].contains(self) }
  }

  /// The words of the whole data set.
  struct Words: Sendable {
    var status = Status.none
    var method = ""
    var progress = ScoringProgress()
    var report: WordReport?
  }

  /// A second model.
  struct Other: Sendable {
    var status = Status.none
    /// What `--model` takes.
    var argument = ""
    var progress = ScoringProgress()
  }

  // the data set
  var name: String?
  var source = DataSource()
  var status = Status.none
  var progress = ScoringProgress()
  /// How many rows the data set has, as soon as somebody has counted them.
  var total: Int?
  var table: ExampleTable?

  // what the user wrote about its rows
  var annotations = Annotations()
  /// Rows of the table whose notes are not kept, and why.
  var unkept: Set<Int> = []
  var keepingProblem: String?
  /// What was written before each change, by rows of the table.
  var labelSteps = Steps<[Int: Annotations.Entry]>()

  // which rows are looked at
  var field = TextEditor(isSingleLine: true)
  var isFiltering = false
  var query = ""
  /// What Esc goes back to while the filter is typed: the query, and the row at the cursor.
  var before: (query: String, fileRow: Int?)?
  var queryError: QueryError?
  var order = ExampleView.Order.loss
  var isReversed = false
  var view = ExampleView()
  /// What the view answers; nil before the first one.
  var viewed: ErrorsViewRequest?
  var requested: ErrorsViewRequest?
  var viewCount = 0
  var list = ListScroll()
  /// The row that the preview goes on to show while keys move the cursor; nil follows the cursor.
  var held: Int?
  var marked: Set<Int> = []
  /// What is known of data sets from earlier sessions, by their paths.
  var kept = KeptDataSessions()
  /// The row, by its number in the file, that the last session was at, and whether it was open.
  var awaited: (fileRow: Int, isOpened: Bool)?

  // what they add up to
  var report: ExampleReport?
  var reportRequest: ErrorsReportRequest?
  /// What the report answers.
  var reported: ErrorsReportRequest?
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
  var explained = ExplainedRows()
  /// Rows whose answer was set against another class.
  var contrasted = ContrastedRows()
  var words = Words()
  var other = Other()

  /// The row of the table that was opened in Explore.
  var opened: Int?

  /// An empty table; what was asked and found of an older one is forgotten.
  mutating func begin(classes: [String]) {
    table = ExampleTable(classes: classes)
    (view, viewed, requested) = (ExampleView(), nil, nil)
    (report, reportRequest, reported) = (nil, nil, nil)
    (marked, opened, cell) = ([], nil, (0, 0))
    (list, line) = (ListScroll(), ListScroll())
    (explained, words, other) = (ExplainedRows(), Words(), Other())
    (annotations, openClass, isCalibrated) = (Annotations(), nil, false)
    contrasted = ContrastedRows()
    (total, held, before, labelSteps) = (nil, nil, nil, Steps())
  }

  /// The row of the table at the cursor.
  var selectedRow: Int? {
    let index = list.fitted(count: view.rows.count, rows: 1).selection
    return view.rows.indices.contains(index) ? view.rows[index] : nil
  }

  /// The row of the table that the preview shows.
  var previewedRow: Int? { held ?? selectedRow }

  /// How many lines the drawer has.
  var drawerCount: Int {
    drawer == .matrix ? table?.classes.count ?? 0 : DrawerLines(self, drawer).lines.count
  }

  /// The query that shows what a line of the drawer counts; nil where none does.
  func query(ofLine line: Int) -> String? {
    guard let table, line >= 0 else { return nil }
    guard drawer == .matrix else {
      return DrawerLines(self, drawer).lines.element(at: line)?.query
    }
    guard let gold = table.classes.element(at: cell.gold),
      let predicted = table.classes.element(at: cell.predicted)
    else { return nil }
    return "gold=\(QueryText.quoted(gold)) pred=\(QueryText.quoted(predicted))"
  }
}

/// Where a data set comes from, to be found again and to be told on a command line.
struct DataSource: Sendable, Equatable {
  /// nil where it can't be found again.
  var path: String?
  /// As on the command line: `--text-column`, `review`.
  var arguments: [String] = []
}

/// The explained rows that were looked at last.
struct ExplainedRows: Sendable {
  private var rows: [Int: ExplainedRow] = [:]
  private var order: [Int] = []
  /// What was asked for and has not all come.
  var asked: Set<Int> = []

  private static let limit = 500

  subscript(row: Int) -> ExplainedRow? { rows[row] }

  mutating func add(_ explained: ExplainedRow) {
    if rows.updateValue(explained, forKey: explained.row) == nil { order.append(explained.row) }
    if order.count > Self.limit { rows[order.removeFirst()] = nil }
  }
}

/// Values as parts of a query.
enum QueryText {
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"") + "\""
  }

  /// A word as a pattern for itself alone.
  static func pattern(word: String) -> String {
    let escaped = escaped(word)
    let isWord = word.first?.isLetter ?? false || word.first?.isNumber ?? false
    return isWord ? "\\b\(escaped)\\b" : escaped
  }

  /// The same within the words of a row's evidence, which stand between spaces.
  static func evidencePattern(word: String) -> String { " \(escaped(word)) " }

  private static func escaped(_ word: String) -> String {
    word.map { $0.isLetter || $0.isNumber || $0 == " " ? "\($0)" : "\\\($0)" }.joined()
  }

  static func bound(_ value: Double) -> String { Numerals.fixed(Float(value), 4) }
}
