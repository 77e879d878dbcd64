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

  var dataset = OpenDataset()
  var notes = RowNotes()
  var rows = RowList()
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
    (dataset.table, dataset.total) = (ExampleTable(classes: classes), nil)
    rows.forgetRows()
    (notes.annotations, notes.steps) = (Annotations(), Steps())
    (report, reportRequest, reported) = (nil, nil, nil)
    (opened, cell, line) = (nil, (0, 0), ListScroll())
    (explained, words, other) = (ExplainedRows(), Words(), Other())
    (openClass, isCalibrated) = (nil, false)
    contrasted = ContrastedRows()
  }

  /// How many lines the drawer has.
  var drawerCount: Int {
    drawer == .matrix ? dataset.table?.classes.count ?? 0 : DrawerLines(self, drawer).lines.count
  }

  /// The query that shows what a line of the drawer counts; nil where none does.
  func query(ofLine line: Int) -> String? {
    guard let table = dataset.table, line >= 0 else { return nil }
    guard drawer == .matrix else {
      return DrawerLines(self, drawer).lines.element(at: line)?.query
    }
    guard let gold = table.classes.element(at: cell.gold),
      let predicted = table.classes.element(at: cell.predicted)
    else { return nil }
    return "gold=\(QueryText.quoted(gold)) pred=\(QueryText.quoted(predicted))"
  }
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
