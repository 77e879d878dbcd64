internal import Datasets
internal import Workbench

/// How far the work on all rows of a data set has come.
enum RowsStatus: Sendable, Equatable {
  case none, scoring, done, stopped
  case failed(String)
}

/// The data set that is open, what was written of its rows, and how far the model has scored it.
struct OpenDataset: Sendable {
  /// There is one to be scored, whoever the model is.
  var isGiven = false
  var name: String?
  var source = DataSource()
  var status = RowsStatus.none
  var progress = RowsProgress()
  /// How many rows the data set has, as soon as somebody has counted them.
  var total: Int?
  var table: ExampleTable?
  var rows = FilteredRows()
  var explained = ExplainedRows()
  /// What the model was opened by that scored the rows, with its labels.
  var scoredBy: String?
  var notes = RowNotes()
  /// Digits are labels, on the screens that rows are labelled on.
  var isLabelling = false
  /// The row of the table whose text was put in the editor.
  var openedRow: Int?
  /// What is known of data sets from earlier sessions, by their paths.
  var sessions = KeptDataSessions()

  /// An empty table; what was found and written of an older one is forgotten.
  mutating func begin(classes: [String]) {
    (table, total, openedRow) = (ExampleTable(classes: classes), nil, nil)
    rows.forget()
    (explained, isLabelling) = (ExplainedRows(), false)
    (notes.annotations, notes.steps) = (Annotations(), Steps())
  }
}

/// Where a data set comes from, to be found again and to be named on a command line.
struct DataSource: Sendable, Equatable {
  /// nil where it can't be found again.
  var path: String?
  /// As on the command line: `--text-column`, `review`.
  var arguments: [String] = []
}
